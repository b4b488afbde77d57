/** 督办 and 批示: what is pressed for, the answers, and the lists of both. */
@org.jspecify.annotations.NullMarked
package org.hemei.workorder.supervision;
