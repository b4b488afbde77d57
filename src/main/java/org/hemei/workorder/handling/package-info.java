/** 办理规定: the limits on handling and the objective obstacles, read by everybody on duty, set by the city. */
@org.jspecify.annotations.NullMarked
package org.hemei.workorder.handling;
