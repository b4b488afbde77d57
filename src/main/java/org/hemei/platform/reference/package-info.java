/** Reads the tables that come with the application: areas, calendar, categories, deadlines. */
@org.jspecify.annotations.NullMarked
package org.hemei.platform.reference;
