/** Tests of Open311 against its own specification. */
@org.jspecify.annotations.NullMarked
package org.hemei.workorder.open311;
