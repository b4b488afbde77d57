/** Evaluation: schemes, campaigns, inspections, scores of projects and of companies, and what the public sees of them. */
@org.jspecify.annotations.NullMarked
@org.springframework.modulith.ApplicationModule(
        allowedDependencies = {"platform", "registry", "access", "ballot", "workorder"})
package org.hemei.evaluation;
