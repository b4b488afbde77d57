/** What an area answers for in a quarter: its figures, and the few of them that everybody may see. */
@org.jspecify.annotations.NullMarked
package org.hemei.workorder.overview;
