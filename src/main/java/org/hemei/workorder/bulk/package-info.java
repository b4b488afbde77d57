/** One act on many orders: chosen from a list, seen beforehand, done order by order, each with its own outcome. */
@org.jspecify.annotations.NullMarked
package org.hemei.workorder.bulk;
