package org.hemei.platform.web;

import java.util.List;

/** What tokens of programs can be good for. A room that has an interface for programs offers its scopes as a bean. */
public interface ApiScopes {

    /**
     * @param code as in requests and answers: orders:read
     * @param words what it opens, in plain Chinese, for the people who decide on it
     */
    record Scope(String code, String words) {}

    List<Scope> scopes();
}
