/** Lists handed out as spreadsheets. */
@org.jspecify.annotations.NullMarked
package org.hemei.platform.table;
