@org.jspecify.annotations.NullMarked
package org.hemei.registry.estate;
