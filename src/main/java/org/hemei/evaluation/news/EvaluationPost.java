package org.hemei.evaluation.news;

import java.time.LocalDate;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.hemei.platform.GrantHolders;
import org.hemei.platform.log.EventConsumer.Event;
import org.hemei.platform.notice.NoticeTemplates;
import org.hemei.platform.notice.Notices;
import org.hemei.platform.notice.Notices.Told;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** How news of evaluation goes out: of which campaign, to whoever runs it, never to who did it. */
@Component
class EvaluationPost {

    record Campaign(
            String title,
            String area,
            LocalDate collectUntil,
            LocalDate reviewUntil,
            LocalDate objectionFrom,
            LocalDate objectionUntil) {}

    private final EvaluationKinds kinds;
    private final Notices notices;
    private final GrantHolders holders;
    private final JdbcClient jdbc;

    EvaluationPost(EvaluationKinds kinds, Notices notices, GrantHolders holders, JdbcClient jdbc) {
        this.kinds = kinds;
        this.notices = notices;
        this.holders = holders;
        this.jdbc = jdbc;
    }

    void send(
            NoticeTemplates.Book book,
            Event event,
            String what,
            String who,
            List<Long> accounts,
            Map<String, String> values,
            String link) {
        var actor = event.body().path("actor").asLong();
        notices.tell(
                book,
                kinds.of(what, who),
                accounts.stream()
                        .distinct()
                        .filter(account -> account != actor)
                        .map(account -> new Told(account, event.district(), values, link))
                        .toList(),
                event.at());
    }

    Campaign campaign(Event event) {
        return jdbc.sql("""
                        select title, area, collect_until, review_until, objection_from, objection_until from evaluation_campaign where id = ?
                        """)
                .param(event.body().path("campaign").asLong())
                .query(Campaign.class)
                .single();
    }

    List<Long> keepers(String area) {
        Set<Long> keepers = new LinkedHashSet<>();
        for (var role : EvaluationNews.KEEPERS) {
            keepers.addAll(holders.accounts(role.name(), area));
        }
        return List.copyOf(keepers);
    }
}
