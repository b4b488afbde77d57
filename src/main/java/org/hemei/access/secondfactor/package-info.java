/** The second factor of staff: one-time codes of an authenticator (TOTP, RFC 6238) and recovery codes. */
@org.jspecify.annotations.NullMarked
package org.hemei.access.secondfactor;
