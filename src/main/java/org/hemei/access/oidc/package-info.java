/** Signing in through an OpenID Connect provider of one's own organisation; nothing happens here unless one is configured. */
@org.jspecify.annotations.NullMarked
package org.hemei.access.oidc;
