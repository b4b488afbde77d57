/** The audit log as the audit administrator reads it. */
@org.jspecify.annotations.NullMarked
package org.hemei.access.audit;
