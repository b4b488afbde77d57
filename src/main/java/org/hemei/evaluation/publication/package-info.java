/** What everybody may see: scores with their explanation, groups of the like, open data. */
@org.jspecify.annotations.NullMarked
package org.hemei.evaluation.publication;
