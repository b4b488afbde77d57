/** Lists of orders: who may read which, the filters in the address, the figures behind them, and the Excel sheet. */
@org.jspecify.annotations.NullMarked
package org.hemei.workorder.list;
