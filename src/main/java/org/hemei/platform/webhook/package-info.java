/** What happens here told to other systems: signed, tried again, with a log, after the Standard Webhooks specification. */
@org.jspecify.annotations.NullMarked
package org.hemei.platform.webhook;
