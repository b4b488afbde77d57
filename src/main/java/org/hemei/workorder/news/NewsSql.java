package org.hemei.workorder.news;

import java.sql.Timestamp;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import org.hemei.platform.log.EventConsumer.Event;
import org.hemei.platform.notice.NoticeKinds.Kind;
import org.hemei.workorder.OrderId;
import org.hemei.workorder.Standing;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;

/** Whom a word such as 'decider' means for an order, for a whole batch of events in one statement. */
final class NewsSql {

    private static final Set<String> ON_DUTY = Set.of(Standing.COMMUNITY.code(), Standing.STREET.code());

    private static final String TOLD = """
            with happened as (
                select * from unnest(:district::int[], :order::bigint[], :verb::text[], :actor::bigint[], :body::bigint[],
                                     :at::timestamptz[], :level::text[])
                                  as h(district, order_id, verb, actor, body, at, level)
            ), rule as (
                select * from unnest(:rule_verb::text[], :rule_who::text[], :rule_words::text[]) as r(verb, who, words)
            ), matter as (
                select h.*, r.who, r.words, o.reporter, o.holder, o.assignee, o.estate, o.community, o.disputes,
                       (select b.kind in ('backstop_team', 'residents_committee') from body b where b.id = o.holder) as backstop
                from happened h
                         join rule r on r.verb = h.verb
                         join work_order o on o.district = h.district and o.id = h.order_id
            ), meant as (
                -- whom a word such as 'decider' means for this order now
                select m.*, case when m.who = 'level' then m.level
                                 when m.who = 'decider' then case when m.disputes >= 2 or m.backstop then 'street' else 'community' end
                                 when m.who = 'verifier' then case when m.backstop then 'street' else 'community' end
                                 when m.who = 'answerer' then case when m.holder is null then 'community' else 'holder' end
                                 when m.who = 'addressee' then (select k.addressee from leader_mark k
                                                                where k.district = m.district and k.order_id = m.order_id
                                                                  and k.recorded_at = m.at limit 1)
                                 else m.who end as whom
                from matter m
            ), told as (
                select m.verb, m.who, m.district, m.order_id, m.at, m.words, m.actor, m.reporter as account
                from meant m where m.whom = 'reporter' and m.reporter is not null
                union all
                select m.verb, m.who, m.district, m.order_id, m.at, m.words, m.actor, m.assignee
                from meant m where m.whom = 'assignee' and m.assignee is not null
                union all
                select m.verb, m.who, m.district, m.order_id, m.at, m.words, m.actor, j.account
                from meant m
                         join me_too j on j.district = m.district and j.order_id = m.order_id
                where m.whom = 'joiner'
                  and not exists (select from work_order x where x.district = j.district and x.kept = j.order_id
                                    and x.reporter = j.account)
                union all
                select m.verb, m.who, m.district, x.id, m.at, m.words, m.actor, x.reporter
                from meant m
                         join work_order x on x.district = m.district and x.kept = m.order_id
                where m.whom = 'merged' and x.reporter is not null
                union all
                select m.verb, m.who, m.district, m.order_id, m.at, m.words, m.actor, g.account
                from meant m
                         join access_grant g on g.role = upper(m.whom) and g.area = any (array[m.community, left(m.community, 9)])
                where m.whom in ('community', 'street') and (g.until is null or g.until > m.at)
                union all
                select m.verb, m.who, m.district, m.order_id, m.at, m.words, m.actor, g.account
                from meant m
                         join order_transfer t on t.district = m.district and t.order_id = m.order_id and t.state = 'offered'
                         join access_grant g on g.role = 'COMMUNITY' and g.area = any (array[t.area, left(t.area, 9)])
                where m.whom = 'receiver' and (g.until is null or g.until > m.at)
                union all
                select m.verb, m.who, m.district, m.order_id, m.at, m.words, m.actor, k.recorded_by
                from meant m
                         join leader_mark k on k.district = m.district and k.order_id = m.order_id and k.answered_at = m.at
                where m.whom = 'recorder'
                union all
                select m.verb, m.who, m.district, m.order_id, m.at, m.words, m.actor, g.account
                from meant m
                         join access_grant g on g.role = 'MANAGER' and g.body = m.holder
                    and (g.estate is null or g.estate = m.estate)
                where m.whom = 'holder' and (g.until is null or g.until > m.at)
                union all
                select m.verb, m.who, m.district, m.order_id, m.at, m.words, m.actor, g.account
                from meant m
                         join access_grant g on g.role = upper(m.whom)
                    and g.area = left(m.community, case m.whom when 'district' then 6 else 4 end)
                where m.whom in ('district', 'city') and (g.until is null or g.until > m.at)
                union all
                select m.verb, m.who, m.district, m.order_id, m.at, m.words, m.actor, g.account
                from meant m
                         join access_grant g on g.role in ('HELPER', 'MANAGER') and g.body = m.body
                where m.whom = 'helper' and (g.until is null or g.until > m.at)
            )
            """;

    /** Into the inbox of all who are meant. */
    static final String INBOX = TOLD + """
            insert into notice (district, id, account, at, title, body, link)
            select t.district, nextval('notice_seq'), t.account, t.at,
                   case when t.words like '%{%' then
                       replace(replace(replace(t.words, '{estate}', e.name),
                           '{order}', to_char(o.submitted_at at time zone 'Asia/Shanghai', 'YYMMDD') || '-'
                                      || lpad(o.id::text, greatest(4, length(o.id::text)), '0')),
                           '{due}', coalesce(to_char(o.due_at at time zone 'Asia/Shanghai', 'FMMM"月"FMDD"日" HH24:MI'), '没有'))
                   else t.words end,
                   w.title, '/orders/' || t.district || '-' || t.order_id
            from told t
                     join work_order o on o.district = t.district and o.id = t.order_id
                     join estate e on e.id = o.estate
                     join work_order_words w on w.district = t.district and w.order_id = t.order_id
            where t.account is distinct from t.actor
            """;

    /** Who of them gave an address, with what their letter says. */
    static final String MAIL = TOLD + """
            select t.account, t.district, t.order_id, t.verb, t.who, o.submitted_at, o.due_at, o.urgency, e.name as estate
            from told t
                     join mail_address m on m.account = t.account and m.confirmed_at is not null
                     join work_order o on o.district = t.district and o.id = t.order_id
                     join estate e on e.id = o.estate
            where t.account is distinct from t.actor
            """;

    private NewsSql() {}

    /** The events and the rules, as the statements want them; the words of the rules are bound by the channel. */
    static JdbcClient.StatementSpec bound(JdbcClient.StatementSpec sql, List<Event> events, Collection<Kind> rules) {
        return sql.param("district", events.stream().map(Event::district).toArray(Integer[]::new))
                .param("order", events.stream().map(event -> id(event).id()).toArray(Long[]::new))
                .param("verb", events.stream().map(NewsSql::verb).toArray(String[]::new))
                .param(
                        "actor",
                        events.stream().map(event -> number(event, "actor")).toArray(Long[]::new))
                .param(
                        "body",
                        events.stream().map(event -> number(event, "body")).toArray(Long[]::new))
                .param(
                        "at",
                        events.stream().map(event -> Timestamp.from(event.at())).toArray(Timestamp[]::new))
                .param(
                        "level",
                        events.stream().map(event -> text(event, "level")).toArray(String[]::new))
                .param(
                        "rule_verb",
                        rules.stream()
                                .map(kind -> kind.event().substring(NewsRules.PREFIX.length()))
                                .toArray(String[]::new))
                .param("rule_who", rules.stream().map(Kind::who).toArray(String[]::new));
    }

    static String verb(Event event) {
        var verb = event.kind().substring(NewsRules.PREFIX.length());
        return verb.equals("urge") && ON_DUTY.contains(String.valueOf(text(event, "as"))) ? NewsRules.PRESSED : verb;
    }

    static OrderId id(Event event) {
        return OrderId.valueOf(event.subject());
    }

    private static @Nullable String text(Event event, String field) {
        JsonNode value = event.body().get(field);
        return value == null || value.isNull() ? null : value.asString();
    }

    private static @Nullable Long number(Event event, String field) {
        JsonNode value = event.body().get(field);
        return value == null || value.isNull() ? null : value.asLong();
    }
}
