@org.jspecify.annotations.NullMarked
package org.hemei.evaluation.listing;
