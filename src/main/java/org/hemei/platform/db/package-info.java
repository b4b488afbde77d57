/** The database this process starts for itself when no other is named. */
@org.jspecify.annotations.NullMarked
package org.hemei.platform.db;
