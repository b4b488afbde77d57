/** 时限: the clocks of orders as people see and set them, and the time that is asked for. */
@org.jspecify.annotations.NullMarked
package org.hemei.workorder.clock;
