package org.hemei.workorder.clock;

import java.io.IOException;
import java.time.LocalDate;
import java.util.List;
import org.hemei.platform.transfer.ListExport;
import org.hemei.platform.transfer.ListSheets;
import org.hemei.workorder.Deadlines.Timer;
import org.hemei.workorder.Urgency;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The rules of time as a sheet, with all their versions: how long, and what happens before and after. */
@Configuration(proxyBeanMethods = false)
class DeadlineExports {

    @Bean
    ListExport deadlinesExport(ListSheets sheets, DeadlineQueries queries) {
        return sheets.of(
                "deadlines",
                "时限规则",
                List.of("哪一步", "哪一类", "缓急", "怎么定", "从哪天起", "到哪天前", "依据", "谁定的"),
                DeadlinePages::admit,
                (reader, query, most, rows) -> {
                    for (var one : queries.deadlines()) {
                        row(
                                rows,
                                one.timer(),
                                one.category(),
                                one.urgency(),
                                one.words(),
                                one.since(),
                                one.until(),
                                one.basis(),
                                one.setBy());
                    }
                    for (var one : queries.steps()) {
                        row(
                                rows,
                                one.timer(),
                                one.category(),
                                one.urgency(),
                                one.words(),
                                one.since(),
                                one.until(),
                                one.basis(),
                                one.setBy());
                    }
                });
    }

    private static void row(
            ListExport.Rows rows,
            Timer timer,
            @Nullable String category,
            @Nullable Urgency urgency,
            String words,
            LocalDate since,
            @Nullable LocalDate until,
            String basis,
            @Nullable String setBy)
            throws IOException {
        rows.row(
                timer.words(),
                category == null ? "所有事项" : category,
                urgency == null ? "都一样" : urgency.words(),
                words,
                since,
                until,
                basis,
                setBy == null ? "系统自带" : setBy);
    }
}
