/** How an order counts in the three rates: the one definition, its parts, and what they add up to. */
@NullMarked
@NamedInterface("measure")
package org.hemei.workorder.measure;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
