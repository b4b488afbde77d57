/** What others can follow: the months of an estate as a feed for everybody, the deadlines of a desk as a calendar for its owner. */
@org.jspecify.annotations.NullMarked
package org.hemei.workorder.feed;
