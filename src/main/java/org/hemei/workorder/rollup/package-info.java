/** Counts of orders by area, estate, holder, topic and month, kept up to date from the event log and from the clock. */
@NullMarked
@NamedInterface("rollup")
package org.hemei.workorder.rollup;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
