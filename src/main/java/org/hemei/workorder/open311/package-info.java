/** Open311 GeoReport v2: what other cities' applications speak, over the same orders. */
@org.jspecify.annotations.NullMarked
package org.hemei.workorder.open311;
