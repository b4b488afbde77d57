/** Places, bodies, people, and who holds which post: areas, estates, units, companies and their contracts. */
@NullMarked
@ApplicationModule(allowedDependencies = "platform")
package org.hemei.registry;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
