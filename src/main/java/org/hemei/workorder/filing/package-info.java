/** 点单: how an order comes in, from a resident step by step or from the community for somebody who phones. */
@org.jspecify.annotations.NullMarked
package org.hemei.workorder.filing;
