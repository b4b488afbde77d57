/** How people hear of things: the inbox of an account, and text messages through a gateway. */
@org.jspecify.annotations.NullMarked
package org.hemei.platform.notice;
