/** Bodies over time: founded, renamed, moved, merged, dissolved; the tree they form; the companies they cover. */
@NullMarked
@org.springframework.modulith.NamedInterface("body")
package org.hemei.registry.body;

import org.jspecify.annotations.NullMarked;
