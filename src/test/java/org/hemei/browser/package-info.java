/** The pages in a real browser: journeys on a phone and at a desk, with script and without, each page checked by axe. */
@org.jspecify.annotations.NullMarked
package org.hemei.browser;
