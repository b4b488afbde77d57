/** 待办: what waits for whoever is on duty, by the time that is left. */
@org.jspecify.annotations.NullMarked
package org.hemei.workorder.inbox;
