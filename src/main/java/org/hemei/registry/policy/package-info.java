/** The documents that the mechanism rests on: public to read, kept by those who answer for an area. */
@NullMarked
package org.hemei.registry.policy;

import org.jspecify.annotations.NullMarked;
