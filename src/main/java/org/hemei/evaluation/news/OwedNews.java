package org.hemei.evaluation.news;

import java.sql.Timestamp;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.hemei.evaluation.Interests;
import org.hemei.platform.log.EventConsumer.Event;
import org.hemei.platform.notice.NoticeTemplates;
import org.hemei.platform.notice.Notices;
import org.hemei.platform.notice.Notices.Told;
import org.hemei.platform.time.CivilTime;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Tells whoever still owes looks or points that their last day comes near; who has given everything hears nothing. */
@Component
class OwedNews {

    private record Owing(long account, long estate) {}

    private final EvaluationKinds kinds;
    private final Notices notices;
    private final Interests interests;
    private final JdbcClient jdbc;

    OwedNews(EvaluationKinds kinds, Notices notices, Interests interests, JdbcClient jdbc) {
        this.kinds = kinds;
        this.notices = notices;
        this.interests = interests;
        this.jdbc = jdbc;
    }

    void tell(NoticeTemplates.Book book, Event event) {
        var campaign = event.body().path("campaign").asLong();
        var until = LocalDate.parse(event.body().path("due").asString());
        send(book, event, "assessor", looks(campaign, until), until, "/inspections");
        if (event.body().path("points").asBoolean()) {
            send(book, event, "territory", points(campaign, event), until, "/opinions");
        }
    }

    private void send(
            NoticeTemplates.Book book, Event event, String who, List<Owing> owing, LocalDate until, String link) {
        var title = jdbc.sql("select title from evaluation_campaign where id = ?")
                .param(event.body().path("campaign").asLong())
                .query(String.class)
                .single();
        Map<Long, Integer> counts = new TreeMap<>();
        owing.forEach(one -> counts.merge(one.account, 1, Integer::sum));
        notices.tell(
                book,
                kinds.of("campaign.owed", who),
                counts.entrySet().stream()
                        .map(one -> new Told(
                                one.getKey(),
                                event.district(),
                                Map.of(
                                        "campaign", title,
                                        "count", String.valueOf(one.getValue()),
                                        "until", CivilTime.day(until)),
                                link))
                        .toList(),
                event.at());
    }

    /** Those that are due by that day. */
    private List<Owing> looks(long campaign, LocalDate until) {
        return jdbc.sql("""
                        select assessor as account, estate from evaluation_inspection
                        where campaign = :campaign and state = 'open' and due_on <= :until
                        """)
                .param("campaign", campaign)
                .param("until", until)
                .query(Owing.class)
                .list();
    }

    /** Estates for which a side has an item to give yet; whoever has to stand aside there does not owe it. */
    private List<Owing> points(long campaign, Event event) {
        var owing = jdbc.sql("""
                        select distinct g.account, p.estate
                        from evaluation_project p
                                 join evaluation_campaign c on c.id = p.campaign
                                 join evaluation_scheme s on s.id = c.scheme
                                 join estate e on e.id = p.estate
                                 cross join lateral jsonb_path_query(s.content, '$.dimensions[*] ? (@.kind == "TERRITORY").items[*]') i
                                 join access_grant g on g.role = i ->> 'side'
                                     and g.area = case i ->> 'side' when 'STREET' then e.street else e.community end
                                 join account a on a.id = g.account and a.disabled_at is null
                        where p.campaign = :campaign and g.since <= :at and (g.until is null or g.until > :at)
                          and not exists (select from evaluation_opinion o where o.campaign = c.id and o.estate = p.estate
                                                                             and o.item = i ->> 'code')
                        """)
                .param("campaign", campaign)
                .param("at", Timestamp.from(event.at()))
                .query(Owing.class)
                .list();
        var ties = interests.of(
                campaign, owing.stream().map(Owing::account).distinct().toList());
        return ties.isEmpty()
                ? owing
                : owing.stream()
                        .filter(one -> ties.stream()
                                .filter(tie -> tie.account() == one.account)
                                .noneMatch(
                                        tie -> companies(campaign, one.estate).contains(tie.company())))
                        .toList();
    }

    private Set<Long> companies(long campaign, long estate) {
        return Set.copyOf(jdbc.sql("select company from evaluation_project where campaign = ? and estate = ?")
                .params(campaign, estate)
                .query(Long.class)
                .list());
    }
}
