/** Orders of past years: moved whole into yearly tables, read with the same queries; and how long words of people are kept. */
@org.jspecify.annotations.NullMarked
package org.hemei.workorder.archive;
