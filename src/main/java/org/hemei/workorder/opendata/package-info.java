/** Figures of orders for everybody to take along: counts only, small ones left out. */
@org.jspecify.annotations.NullMarked
package org.hemei.workorder.opendata;
