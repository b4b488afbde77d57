/** Civil time in Asia/Shanghai and the working-day calendar. */
@org.jspecify.annotations.NullMarked
package org.hemei.platform.time;
