package org.hemei.workorder.api;

import java.util.List;
import org.hemei.platform.web.ApiScopes;
import org.springframework.stereotype.Component;

/** What tokens can be good for in this room. */
@Component
public class OrderScopes implements ApiScopes {

    public static final String READ = "orders:read";
    public static final String WRITE = "orders:write";
    public static final String OPEN311 = "open311";
    public static final String INCIDENTS_READ = "incidents:read";
    public static final String INCIDENTS_WRITE = "incidents:write";

    @Override
    public List<Scope> scopes() {
        return List.of(
                new Scope(READ, "看工单、照片和可选的小区、类别"),
                new Scope(WRITE, "点单，以及工单上的每一种办理"),
                new Scope(OPEN311, "用 Open311 点单"),
                new Scope(INCIDENTS_READ, "看群体通知"),
                new Scope(INCIDENTS_WRITE, "发群体通知，更新、归并和结束"));
    }
}
