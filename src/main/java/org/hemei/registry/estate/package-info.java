/** Estates with their buildings, dwellings and facilities, in public and at the desk, one by one and many at a time. */
@NullMarked
package org.hemei.registry.estate;

import org.jspecify.annotations.NullMarked;
