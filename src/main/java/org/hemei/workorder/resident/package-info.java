/** The resident's side: home, my orders, and an order told in plain words with remark, urging and rating. */
@org.jspecify.annotations.NullMarked
package org.hemei.workorder.resident;
