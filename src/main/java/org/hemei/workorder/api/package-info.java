/** Orders as JSON under /api/v1, through the same desks. */
@org.jspecify.annotations.NullMarked
package org.hemei.workorder.api;
