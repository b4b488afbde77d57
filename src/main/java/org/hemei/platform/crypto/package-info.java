/** Encryption of sensitive columns (SM4-GCM) and the keyed blind index to look them up. */
@org.jspecify.annotations.NullMarked
package org.hemei.platform.crypto;
