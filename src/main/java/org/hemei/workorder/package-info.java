/** The work order: 群众点单 → 社区派单 → 物业接单 → 多方助力 → 核验 → 共评. */
@org.jspecify.annotations.NullMarked
@org.springframework.modulith.ApplicationModule(allowedDependencies = {"platform", "registry", "access"})
package org.hemei.workorder;
