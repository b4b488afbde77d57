/** People in posts: appointments with their rules, who sits on two bodies, staffing, and membership of the Party. */
@NullMarked
@org.springframework.modulith.NamedInterface("people")
package org.hemei.registry.people;

import org.jspecify.annotations.NullMarked;
