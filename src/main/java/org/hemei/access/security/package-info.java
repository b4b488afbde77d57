/** What the security administrator has besides accounts: why somebody sees a thing, and the review of grants. */
@org.jspecify.annotations.NullMarked
package org.hemei.access.security;
