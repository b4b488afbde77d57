package org.hemei.workorder.hotline;

import java.time.DateTimeException;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.List;
import org.hemei.platform.time.CivilTime;
import org.hemei.platform.transfer.ListExport;
import org.hemei.platform.transfer.ListSheets;
import org.hemei.workorder.hotline.HotlineQueries.Box;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The lists of 热线件, and the table that goes back to the hotline: numbers, states and times, why one went back; nobody's words or phone. */
@Configuration(proxyBeanMethods = false)
class HotlineExports {

    private static final int STEP = 500;
    private static final int DAYS = 7;

    private final ListSheets sheets;
    private final HotlineQueries queries;
    private final InstantSource clock;

    HotlineExports(ListSheets sheets, HotlineQueries queries, InstantSource clock) {
        this.sheets = sheets;
        this.queries = queries;
        this.clock = clock;
    }

    @Bean
    ListExport hotlineExport() {
        return sheets.of(
                "hotline",
                "热线件",
                List.of("热线工单号", "小区", "类别", "受理", "热线时限", "超过热线时限", "没转成的原因", "现在", "退回理由"),
                HotlineQueries::required,
                (reader, query, most, rows) -> {
                    var now = clock.instant();
                    for (var one : queries.list(reader, Box.named(query.get("box")), 0, most)) {
                        var state = one.state();
                        rows.row(
                                one.number(),
                                one.estate() == null ? "没认出" : one.estate(),
                                one.category() == null ? "没认出" : one.category(),
                                one.received(),
                                one.due(),
                                one.late(now) ? "是" : "否",
                                one.refused(),
                                one.returned() != null ? "已退回热线" : state == null ? "未转工单" : state.words(),
                                one.returned());
                    }
                });
    }

    /** How they stand, for the hotline: those received from one day to another. */
    @Bean
    ListExport hotlineStatusExport() {
        return sheets.of(
                "hotline-status",
                "热线件办理情况",
                List.of(
                        "热线工单号",
                        "本系统单号",
                        "状态",
                        "小区",
                        "处理单位",
                        "受理日期",
                        "热线时限",
                        "转单时间",
                        "联系时间",
                        "报处理好",
                        "办结时间",
                        "超过热线时限",
                        "退回理由",
                        "答复或处理情况",
                        "来电人说解决了吗",
                        "满意几分（5 分满）"),
                HotlineQueries::required,
                (reader, query, most, rows) -> {
                    var now = clock.instant();
                    var today = CivilTime.date(now);
                    var from = day(query.get("from"), today.minusDays(DAYS));
                    var to = day(query.get("to"), today);
                    var after = "";
                    for (var left = most; left > 0; left -= STEP) {
                        var some = queries.status(reader, from, to, null, after, Math.min(left, STEP), now);
                        for (var one : some) {
                            rows.row(cells(one));
                        }
                        if (some.size() < STEP) {
                            break;
                        }
                        after = some.getLast().number();
                    }
                    rows.foot(CivilTime.day(from) + "到" + CivilTime.day(to) + "受理的。");
                });
    }

    private static @Nullable Object[] cells(HotlineQueries.Status one) {
        return new Object[] {
            one.number(),
            one.order(),
            one.state(),
            one.estate(),
            one.holder(),
            one.receivedOn(),
            one.dueOn(),
            one.filedAt(),
            one.contactedAt(),
            one.resolvedAt(),
            one.closedAt(),
            one.late() ? "是" : "否",
            one.reason(),
            one.answer(),
            one.solved() == null ? null : one.solved() ? "解决了" : "没解决",
            one.satisfied()
        };
    }

    private static LocalDate day(@Nullable String text, LocalDate otherwise) {
        try {
            return text != null && text.length() == 10 ? LocalDate.parse(text) : otherwise;
        } catch (DateTimeException e) {
            return otherwise;
        }
    }
}
