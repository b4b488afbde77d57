/** Inspections: third-party assessors, their checklists, and whom they are tied to. */
@org.jspecify.annotations.NullMarked
@org.springframework.modulith.NamedInterface("inspection")
package org.hemei.evaluation.inspection;
