/** Webhooks against a real small HTTP server, read with the specification's own library. */
@org.jspecify.annotations.NullMarked
package org.hemei.platform.webhook;
