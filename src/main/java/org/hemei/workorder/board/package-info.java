/** 看板: how things go today where somebody is on duty, for community, street, district and project manager. */
@org.jspecify.annotations.NullMarked
package org.hemei.workorder.board;
