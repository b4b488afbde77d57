/** Working days and the deadlines counted in them, as data with a source. */
@org.jspecify.annotations.NullMarked
package org.hemei.workorder.calendar;
