/** Estates with their buildings, dwellings and facilities, in public and at the desk, one by one and many at a time. */
@NullMarked
@org.springframework.modulith.NamedInterface("estate")
package org.hemei.registry.estate;

import org.jspecify.annotations.NullMarked;
