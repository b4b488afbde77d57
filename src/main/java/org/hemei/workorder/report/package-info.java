/** Monthly reports of the three rates: a closed month of a city, district, street or company, frozen, numbered and sealed. */
@org.jspecify.annotations.NullMarked
package org.hemei.workorder.report;
