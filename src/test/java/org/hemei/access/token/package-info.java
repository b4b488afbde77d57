/** Tests of programs and their tokens. */
@org.jspecify.annotations.NullMarked
package org.hemei.access.token;
