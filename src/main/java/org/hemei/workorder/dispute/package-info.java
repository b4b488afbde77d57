/** 退单、裁定、联合办理 and the ways out: the pages of whoever disputes, decides, rules or takes over. */
@org.jspecify.annotations.NullMarked
package org.hemei.workorder.dispute;
