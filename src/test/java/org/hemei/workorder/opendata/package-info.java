/** Open data. */
@org.jspecify.annotations.NullMarked
package org.hemei.workorder.opendata;
