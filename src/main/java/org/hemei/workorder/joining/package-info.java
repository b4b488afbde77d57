/** Orders of the same matter: who else met it, by building, and what was merged into what. */
@org.jspecify.annotations.NullMarked
package org.hemei.workorder.joining;
