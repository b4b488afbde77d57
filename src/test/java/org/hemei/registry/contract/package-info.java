@org.jspecify.annotations.NullMarked
@org.springframework.modulith.NamedInterface("contract")
package org.hemei.registry.contract;
