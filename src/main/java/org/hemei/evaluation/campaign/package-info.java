/** Campaigns: from the plan to the final result, driven by the calendar. */
@org.jspecify.annotations.NullMarked
package org.hemei.evaluation.campaign;
