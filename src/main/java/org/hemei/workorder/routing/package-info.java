/** Routing as data: the rules that name whose turn a matter is, their changes with a replay before they take effect, the simulator. */
@org.jspecify.annotations.NullMarked
package org.hemei.workorder.routing;
