/** Files of cases that have ended: what is due, giving it up, and what stays to be said of it. */
@org.jspecify.annotations.NullMarked
package org.hemei.evaluation.files;
