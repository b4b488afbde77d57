package org.hemei.access;

import java.util.ArrayList;
import java.util.List;
import org.hemei.platform.NavEntry;
import org.hemei.platform.Reader;
import org.hemei.platform.TodoSource;
import org.springframework.stereotype.Component;

/** The menu items of this room, and the requests to bind that wait for a community. */
@Component
class AccessMenu implements NavEntry, TodoSource {

    private final Bindings bindings;

    AccessMenu(Bindings bindings) {
        this.bindings = bindings;
    }

    @Override
    public List<Item> items(Reader reader) {
        if (!reader.signedIn()) {
            return List.of();
        }
        List<Item> items = new ArrayList<>();
        if (reader.has(Role.COMMUNITY)) {
            items.add(new Item("居民", 200, "/community/bindings", "住户申请", "people", waiting(reader)));
            items.add(new Item("居民", 210, "/community/binding-codes", "开绑定码", "key", null));
        }
        if (reader.has(Role.SYSTEM) || reader.has(Role.SECURITY)) {
            items.add(new Item("系统", 400, "/admin/accounts", "账号", "user", null));
            items.add(new Item("系统", 405, "/admin/integrations", "对接程序", "link", null));
        }
        if (reader.has(Role.SECURITY)) {
            items.add(new Item("系统", 410, "/security/review", "授权复核", "task", null));
            items.add(new Item("系统", 415, "/security/why", "为什么能看", "eye", null));
        }
        if (reader.has(Role.AUDIT)) {
            items.add(new Item("审计", 420, "/audit", "审计记录", "eye", null));
        }
        items.add(new Item("我的", 900, "/me", "我的", "user", null));
        return items;
    }

    @Override
    public int waiting(Reader reader) {
        return bindings.waitingIn(reader.scope(Role.COMMUNITY));
    }
}
