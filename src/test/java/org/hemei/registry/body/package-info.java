@NullMarked
package org.hemei.registry.body;

import org.jspecify.annotations.NullMarked;
