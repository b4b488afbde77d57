/** The three rates, what is left out of them and why, appeals against that, and places among the like. */
@org.jspecify.annotations.NullMarked
package org.hemei.workorder.rates;
