/** Who may come in and as what: accounts, signing in, sessions, grants, and binding a resident to a unit. */
@org.jspecify.annotations.NullMarked
@org.springframework.modulith.ApplicationModule(allowedDependencies = {"platform", "registry"})
package org.hemei.access;
