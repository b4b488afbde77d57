/** What the rows of spreadsheets mean here: areas, estates, buildings, units, companies, contracts, bodies, people, posts. */
@org.jspecify.annotations.NullMarked
package org.hemei.registry.transfer;
