/** The audit trail and the event log that other work follows after commit. */
@org.jspecify.annotations.NullMarked
package org.hemei.platform.log;
