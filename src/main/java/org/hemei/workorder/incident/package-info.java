/** 群体事件: one notice to a building, an estate or a community that answers many orders. */
@org.jspecify.annotations.NullMarked
@org.springframework.modulith.NamedInterface("incident")
package org.hemei.workorder.incident;
