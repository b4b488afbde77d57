@org.jspecify.annotations.NullMarked
package org.hemei.workorder.inbox;
