/** Errors, as people and programs get them. */
@org.jspecify.annotations.NullMarked
package org.hemei.platform.web;
