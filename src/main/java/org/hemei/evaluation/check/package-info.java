/** What the city checks of its evaluation (机制体检). */
@org.jspecify.annotations.NullMarked
package org.hemei.evaluation.check;
