/** What street and community think of the projects of their territory. */
@org.jspecify.annotations.NullMarked
package org.hemei.evaluation.opinion;
