@org.jspecify.annotations.NullMarked
package org.hemei.platform.privacy;
