package org.hemei.platform.notice;

import java.util.List;
import org.hemei.platform.NavEntry;
import org.hemei.platform.Reader;
import org.springframework.stereotype.Component;

/** 消息 in everybody's menu, after the work itself. */
@Component
class NoticeNav implements NavEntry {

    private static final int RANK = 900;

    private final Notices notices;

    NoticeNav(Notices notices) {
        this.notices = notices;
    }

    @Override
    public List<Item> items(Reader reader) {
        return reader.signedIn()
                ? List.of(new Item("我的", RANK, "/notices", "消息", "bell", notices.unread(reader)))
                : List.of();
    }
}
