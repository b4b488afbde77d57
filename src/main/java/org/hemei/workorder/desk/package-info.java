/** An order as those on duty see it: its page, the form of each verb, and the telephone shown for a reason. */
@org.jspecify.annotations.NullMarked
package org.hemei.workorder.desk;
