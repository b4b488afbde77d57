/** The demo city, as the application loads it. */
@org.jspecify.annotations.NullMarked
package org.hemei.demo;
