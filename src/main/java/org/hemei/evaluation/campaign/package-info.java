/** Campaigns: from the plan to the final result, driven by the calendar. */
@org.jspecify.annotations.NullMarked
@org.springframework.modulith.NamedInterface("campaign")
package org.hemei.evaluation.campaign;
