/** The hand-over from and to the 12345 hotline: its daily file in, the matters it brought, and how they stand out again. */
@org.jspecify.annotations.NullMarked
package org.hemei.workorder.hotline;
