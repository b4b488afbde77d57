/** Photos and documents: told by their content, cleaned before they are kept, read only by whom the owner's room lets in. */
@org.jspecify.annotations.NullMarked
package org.hemei.platform.attachment;
