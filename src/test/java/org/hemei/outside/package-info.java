/** The application as seen from outside: a process with a data folder, and pages over the wire. For bench and robustness. */
@org.jspecify.annotations.NullMarked
package org.hemei.outside;
