/** Ballots: a sealed roll, secret casting, receipts and the count. It knows no subject: other rooms plan a poll and read its count. */
@org.jspecify.annotations.NullMarked
@org.springframework.modulith.ApplicationModule(allowedDependencies = {"platform", "registry", "access"})
package org.hemei.ballot;
