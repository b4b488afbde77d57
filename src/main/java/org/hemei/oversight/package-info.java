/** Oversight: whether every rule of the mechanism runs, everywhere (机制体检); the figures of the article; the heat map. */
@NullMarked
@ApplicationModule(
        allowedDependencies = {"platform", "registry", "access", "workorder", "workorder::rollup", "workorder::measure"
        })
package org.hemei.oversight;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
