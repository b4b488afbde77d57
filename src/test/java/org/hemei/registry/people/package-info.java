@org.jspecify.annotations.NullMarked
@org.springframework.modulith.NamedInterface("people")
package org.hemei.registry.people;
