package org.hemei.platform.web;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * What a token has to be good for, to call this. A handler without it is closed to tokens, whatever they are good for;
 * somebody who is signed in with a session is not asked.
 */
@Target({ElementType.METHOD, ElementType.TYPE})
@Retention(RetentionPolicy.RUNTIME)
public @interface Scoped {

    /** Code of the scope, one of those that the rooms offer as {@link ApiScopes}. */
    String value();

    /** Whether only a token opens it: a session of a browser does not. */
    boolean tokenOnly() default false;
}
