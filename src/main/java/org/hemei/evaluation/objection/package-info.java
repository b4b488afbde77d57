/** Objections of companies, and their review by somebody who did not score. */
@org.jspecify.annotations.NullMarked
package org.hemei.evaluation.objection;
