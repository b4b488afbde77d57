/** Tests of the interface for programs. */
@org.jspecify.annotations.NullMarked
package org.hemei.workorder.api;
