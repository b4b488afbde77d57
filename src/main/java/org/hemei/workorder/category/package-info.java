/** 事项分类: what an order can be about, as the city keeps it. */
@org.jspecify.annotations.NullMarked
package org.hemei.workorder.category;
