/** 休假代办: one's own grants in a colleague's hands for a while. */
@org.jspecify.annotations.NullMarked
package org.hemei.access.delegation;
