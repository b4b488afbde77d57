/**
 * Loading and handing out spreadsheets: files that nobody vouches for are read row by row, checked as a whole, written all or
 * nothing, and can be undone. A room says by {@link org.hemei.platform.transfer.Sheet} what a row means.
 */
@org.jspecify.annotations.NullMarked
package org.hemei.platform.transfer;
