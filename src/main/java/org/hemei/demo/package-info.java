/** The demo city: Hefei by its official divisions, filled with generated sample data, the same each time. */
@NullMarked
@ApplicationModule(
        allowedDependencies = {
            "platform",
            "registry",
            "registry::body",
            "registry::contract",
            "registry::estate",
            "registry::people",
            "access",
            "ballot",
            "workorder",
            "workorder::incident",
            "evaluation",
            "evaluation::listing",
            "evaluation::tender",
            "evaluation::scheme",
            "evaluation::score",
            "evaluation::campaign",
            "evaluation::inspection",
            "evaluation::objection"
        })
package org.hemei.demo;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
