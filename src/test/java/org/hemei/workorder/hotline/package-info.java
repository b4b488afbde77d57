/** The hand-over from and to the hotline. */
@org.jspecify.annotations.NullMarked
package org.hemei.workorder.hotline;
