package org.hemei.platform.webhook;

import java.util.List;
import org.hemei.platform.web.ApiScopes;
import org.springframework.stereotype.Component;

/** What a program's token has to be good for, to be told of things by webhook. */
@Component
class WebhookScopes implements ApiScopes {

    static final String READ = "webhooks:read";
    static final String WRITE = "webhooks:write";

    @Override
    public List<Scope> scopes() {
        return List.of(new Scope(READ, "看自己的数据推送和记录"), new Scope(WRITE, "设自己的数据推送：建、停、换密钥、补发、删"));
    }
}
