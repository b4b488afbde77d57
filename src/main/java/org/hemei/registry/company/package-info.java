/** Companies, the ways they are covered, and their contracts with estates over time. */
@NullMarked
package org.hemei.registry.company;

import org.jspecify.annotations.NullMarked;
