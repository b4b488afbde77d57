/** What every test stands on: a real PostgreSQL, a small town of one's own, a clock that can be moved. */
@org.jspecify.annotations.NullMarked
package org.hemei.testing;
