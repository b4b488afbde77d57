/** Feeds and calendars, read with others' libraries. */
@org.jspecify.annotations.NullMarked
package org.hemei.workorder.feed;
