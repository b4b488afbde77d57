/** Changes of many estates at once: seen before they are made, made whole or not at all, taken back while nothing builds on them. */
@NullMarked
package org.hemei.registry.bulk;

import org.jspecify.annotations.NullMarked;
