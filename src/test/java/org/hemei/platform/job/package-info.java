/** Jobs and ticks. */
@org.jspecify.annotations.NullMarked
package org.hemei.platform.job;
