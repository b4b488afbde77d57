/** The rules of the mechanism about places, bodies and posts: each a bean, measured over the whole city in one statement. */
@org.jspecify.annotations.NullMarked
package org.hemei.registry.check;
