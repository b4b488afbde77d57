package org.hemei.workorder.api;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.hemei.workorder.Verb;

/** Which verbs of the transition table a method of the interface does. A test finds the verbs that have none. */
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
@interface Does {

    Verb[] value();
}
