/** Inbox and text messages. */
@org.jspecify.annotations.NullMarked
package org.hemei.platform.notice;
