/** Uploads, harmless and hostile. */
@org.jspecify.annotations.NullMarked
package org.hemei.platform.attachment;
