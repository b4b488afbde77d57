/** Orders and people on duty, found from the search box of every page. */
@org.jspecify.annotations.NullMarked
package org.hemei.workorder.find;
