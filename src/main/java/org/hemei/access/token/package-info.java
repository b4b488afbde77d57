/** 对接程序: programs of other bodies, the tokens they come with, and what those are good for. */
@org.jspecify.annotations.NullMarked
package org.hemei.access.token;
