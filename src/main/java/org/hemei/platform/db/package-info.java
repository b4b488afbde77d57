/** The database, the one this process starts for itself when no other is named; and conditions put together in SQL. */
@org.jspecify.annotations.NullMarked
package org.hemei.platform.db;
