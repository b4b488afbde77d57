/** What every room stands on: who reads, time, records, encryption, files, notices, pages. No domain word in it. */
@org.jspecify.annotations.NullMarked
@org.springframework.modulith.ApplicationModule(
        type = org.springframework.modulith.ApplicationModule.Type.OPEN,
        allowedDependencies = {})
package org.hemei.platform;
