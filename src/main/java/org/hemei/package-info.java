/** 和美, one room per package; {@code docs/adr} tells why the house stands as it does. */
@org.jspecify.annotations.NullMarked
package org.hemei;
