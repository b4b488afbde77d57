/** Tender references (招投标参考): what was known of the bidders on a day, frozen, numbered and signed, to be verified by anybody. */
@org.jspecify.annotations.NullMarked
@org.springframework.modulith.NamedInterface("tender")
package org.hemei.evaluation.tender;
