/** What is held on a person: shown to them, handed out, corrected and erased on their request. */
@org.jspecify.annotations.NullMarked
package org.hemei.platform.privacy;
