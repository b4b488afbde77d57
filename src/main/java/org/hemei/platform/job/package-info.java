/** Work nobody waits for: recurring jobs that one copy does for all, and what every copy looks after each second. */
@org.jspecify.annotations.NullMarked
package org.hemei.platform.job;
