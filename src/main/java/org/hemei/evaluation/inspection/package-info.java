/** Inspections: third-party assessors, their checklists, and whom they are tied to. */
@org.jspecify.annotations.NullMarked
package org.hemei.evaluation.inspection;
