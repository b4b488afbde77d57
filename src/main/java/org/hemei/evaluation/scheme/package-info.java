/** Schemes: what is measured, with which weights and rules. A published one never changes. */
@org.jspecify.annotations.NullMarked
@org.springframework.modulith.NamedInterface("scheme")
package org.hemei.evaluation.scheme;
