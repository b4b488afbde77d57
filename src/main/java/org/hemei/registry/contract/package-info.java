/** Contracts of companies with estates over time, and what one company hands to the next. */
@NullMarked
@org.springframework.modulith.NamedInterface("contract")
package org.hemei.registry.contract;

import org.jspecify.annotations.NullMarked;
