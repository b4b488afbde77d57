package org.hemei.platform.notice;

import java.util.List;
import org.hemei.platform.transfer.ListExport;
import org.hemei.platform.transfer.ListSheets;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.access.AccessDeniedException;

/** One's own messages as a sheet, newest first; read page by page, so that memory stays flat. */
@Configuration(proxyBeanMethods = false)
class NoticeExports {

    private static final int STEP = 1_000;

    @Bean
    ListExport noticesExport(ListSheets sheets, Notices notices) {
        return sheets.of(
                "notices",
                "消息",
                List.of("时间", "标题", "内容", "什么时候看的"),
                reader -> {
                    if (!reader.signedIn()) {
                        throw new AccessDeniedException("for whoever is signed in");
                    }
                },
                (reader, query, most, rows) -> {
                    Notices.Place from = null;
                    for (var left = most; left > 0; left -= STEP) {
                        var some = notices.list(reader, from, Math.min(left, STEP));
                        for (var one : some) {
                            rows.row(
                                    one.at(),
                                    ListSheets.masked(one.title()),
                                    ListSheets.masked(one.body()),
                                    one.readAt());
                        }
                        if (some.size() < STEP) {
                            break;
                        }
                        var last = some.getLast();
                        from = new Notices.Place(last.at(), last.id());
                    }
                });
    }
}
