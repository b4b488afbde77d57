@NullMarked
package org.hemei.registry.policy;

import org.jspecify.annotations.NullMarked;
