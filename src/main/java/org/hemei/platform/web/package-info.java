/** Pages, errors, idempotent forms: what every controller shares. */
@org.jspecify.annotations.NullMarked
package org.hemei.platform.web;
