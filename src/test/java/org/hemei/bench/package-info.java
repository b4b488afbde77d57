/** The load generator of {@code ./hemei bench}: a process of its own, without Spring, that measures the packaged jar. */
@org.jspecify.annotations.NullMarked
package org.hemei.bench;
