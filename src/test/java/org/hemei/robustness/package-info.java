/** What happens when parts of the system die, and on databases that are not its own. Real processes, real signals. */
@org.jspecify.annotations.NullMarked
package org.hemei.robustness;
