/** Sealing of the audit log: batches in a chain of hashes, and the check that finds where anything was altered. */
@org.jspecify.annotations.NullMarked
package org.hemei.platform.seal;
