/** The blacklist (黑名单): two failed years propose, a notice is heard, people decide together; repair, end, and what was wrong from the start. */
@org.jspecify.annotations.NullMarked
@org.springframework.modulith.NamedInterface("listing")
package org.hemei.evaluation.listing;
