/** Papers: a template becomes an A4 document with page numbers and a typeface of its own, the same on every machine. */
@org.jspecify.annotations.NullMarked
package org.hemei.platform.pdf;
