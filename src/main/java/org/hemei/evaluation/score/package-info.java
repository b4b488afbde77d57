/** Scores of projects and companies, computed from stored inputs in exact numbers, and explained. */
@org.jspecify.annotations.NullMarked
@org.springframework.modulith.NamedInterface("score")
package org.hemei.evaluation.score;
