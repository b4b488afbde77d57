/** The search box of every page: asks each room and shows what it found, by kind; and views of lists that people keep. */
@org.jspecify.annotations.NullMarked
package org.hemei.platform.find;
