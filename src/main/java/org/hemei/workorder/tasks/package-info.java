/** 建任务 from what an area looks after: a rate below its target, a supervised order that is late. */
@org.jspecify.annotations.NullMarked
package org.hemei.workorder.tasks;
