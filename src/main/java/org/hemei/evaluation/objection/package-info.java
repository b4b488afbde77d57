/** Objections of companies, their review by somebody who did not score, and what the keeper puts right without one. */
@org.jspecify.annotations.NullMarked
@org.springframework.modulith.NamedInterface("objection")
package org.hemei.evaluation.objection;
