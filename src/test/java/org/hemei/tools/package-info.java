/** Tools for those who work on the project; none of them runs with the tests. */
@org.jspecify.annotations.NullMarked
package org.hemei.tools;
