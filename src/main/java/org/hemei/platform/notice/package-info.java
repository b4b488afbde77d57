/** Telling people: the inbox of an account, and text messages. */
@org.jspecify.annotations.NullMarked
package org.hemei.platform.notice;
