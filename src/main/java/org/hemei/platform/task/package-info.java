/** Tasks: what somebody is asked to do, by when, and what came of it. Any room can give them. */
@org.jspecify.annotations.NullMarked
package org.hemei.platform.task;
