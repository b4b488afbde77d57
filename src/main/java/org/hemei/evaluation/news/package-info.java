/** Who is told what of evaluation, and in which words. */
@org.jspecify.annotations.NullMarked
package org.hemei.evaluation.news;
