package org.hemei.platform.web;

import java.util.List;

/** The token is not good for this (RFC 6750: insufficient_scope). */
public class OutOfScope extends RuntimeException {

    private final String scope;
    private final transient List<String> held;

    /** @param scope code of the scope that is needed; @param held what the token is good for */
    public OutOfScope(String scope, List<String> held) {
        super("这个令牌不能办这件事，要有“" + scope + "”。请保管人请管理员核准。", null, false, false);
        this.scope = scope;
        this.held = List.copyOf(held);
    }

    public String scope() {
        return scope;
    }

    public List<String> held() {
        return held;
    }
}
