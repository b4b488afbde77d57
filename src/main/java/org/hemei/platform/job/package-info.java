/**
 * Work behind the pages: recurring jobs that one copy does for all, what every copy looks after each second, and long work
 * somebody asked for, with its progress.
 */
@org.jspecify.annotations.NullMarked
package org.hemei.platform.job;
