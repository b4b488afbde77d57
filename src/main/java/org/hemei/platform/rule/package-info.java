/** Rules that are data: their versions, each with the days it holds, and the numbers that differ by place. */
@org.jspecify.annotations.NullMarked
package org.hemei.platform.rule;
