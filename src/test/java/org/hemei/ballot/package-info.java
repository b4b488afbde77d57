@org.jspecify.annotations.NullMarked
package org.hemei.ballot;
