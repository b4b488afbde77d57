/** Who hears of what happened to an order. */
@org.jspecify.annotations.NullMarked
package org.hemei.workorder.news;
