package org.hemei.workorder.news;

import java.sql.Timestamp;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.hemei.platform.log.EventConsumer.Event;
import org.hemei.platform.notice.NoticeKinds.Kind;
import org.hemei.platform.notice.NoticeKinds.Words;
import org.hemei.workorder.Deadlines.Timer;
import org.hemei.workorder.HolderRule;
import org.hemei.workorder.OrderId;
import org.hemei.workorder.Standing;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;

/** Whom a word such as 'decider' means for an order, for a whole batch of events in one statement. */
final class NewsSql {

    /** Who is told of an order that they cannot open any more. */
    private static final Set<String> NOT_THEIRS =
            Set.of("previous", "cancelled", "grant_return helper", "release helper", "recall_help helper");

    private static final Set<String> ON_DUTY = Set.of(Standing.COMMUNITY.code(), Standing.STREET.code());

    private static final String TOLD = """
            with happened as (
                select * from unnest(:district::int[], :order::bigint[], :verb::text[], :actor::bigint[], :body::bigint[],
                                     :at::timestamptz[], :level::text[], :timer::text[], :who::text[], :words::text[],
                                     :letter::boolean[], :holder::bigint[])
                                  as h(district, order_id, verb, actor, body, at, level, timer, who, words, letter, held)
            ), matter as (
                -- whoever held it then: it may have gone on to another since
                select h.*, o.reporter, coalesce(h.held, o.holder) as holder, o.assignee, o.estate, o.disputes,
                       -- an answer to an offer is owed on the other side, and goes up the line there
                       coalesce((select t.area from order_transfer t
                                 where h.timer = 'transfer' and t.district = h.district and t.order_id = h.order_id
                                 order by t.offered_at desc limit 1), o.community) as community,
                       (select
                        """ + HolderRule.OWN_SQL + """
                        from body b where b.id = o.holder) as backstop
                from happened h join work_order o on o.district = h.district and o.id = h.order_id
                where :every or coalesce(o.deadline_class, o.urgency) = 'urgent'
            ), meant as (
                -- whom a word such as 'decider' means for this order now
                select m.*, case when m.who = 'level' then m.level
                                 when m.who = 'decider' then case when m.disputes >= 2 or m.backstop then 'street' else 'community' end
                                 when m.who = 'verifier' then case when m.backstop then 'street' else 'community' end
                                 -- whoever asked for the help, where that was not the holder
                                 when m.who = 'asker' then (select s.actor_as from work_order_step s
                                                            where s.district = m.district and s.order_id = m.order_id and s.body = m.body
                                                              and s.verb in ('ask_help', 'share') and s.actor_as in ('community', 'street')
                                                            order by s.seq desc limit 1)
                                 when m.who = 'answerer' then case when m.holder is null then 'community' else 'holder' end
                                 when m.who = 'addressee' then (select k.addressee from leader_mark k
                                                                where k.district = m.district and k.order_id = m.order_id
                                                                  and k.recorded_at = m.at limit 1)
                                 else m.who end as whom
                from matter m
            ), told as (
                -- once, however many of somebody's grants say so
                select m.verb, m.who, m.district, m.order_id, m.at, m.words, m.letter, m.actor, m.reporter as account
                from meant m where m.whom = 'reporter' and m.reporter is not null
                union
                select m.verb, m.who, m.district, m.order_id, m.at, m.words, m.letter, m.actor, m.assignee
                from meant m where m.whom = 'assignee' and m.assignee is not null
                union
                select m.verb, m.who, m.district, m.order_id, m.at, m.words, m.letter, m.actor, j.account
                from meant m
                         join me_too j on j.district = m.district and j.order_id = m.order_id
                where m.whom = 'joiner'
                  and not exists (select from work_order x where x.district = j.district and x.kept = j.order_id
                                    and x.reporter = j.account)
                union
                select m.verb, m.who, m.district, x.id, m.at, m.words, m.letter, m.actor, x.reporter
                from meant m
                         join work_order x on x.district = m.district and x.kept = m.order_id
                where m.whom = 'merged' and x.reporter is not null
                union
                select m.verb, m.who, m.district, m.order_id, m.at, m.words, m.letter, m.actor, g.account
                from meant m
                         join access_grant g on g.role = upper(m.whom) and g.area = any (array[m.community, left(m.community, 9)])
                where m.whom in ('community', 'street') and g.since <= m.at and (g.until is null or g.until > m.at)
                union
                select m.verb, m.who, m.district, m.order_id, m.at, m.words, m.letter, m.actor, g.account
                from meant m
                         join order_transfer t on t.district = m.district and t.order_id = m.order_id
                             and (t.state = 'offered' or m.verb = 'recall_transfer' and t.state = 'recalled' and t.decided_at = m.at)
                         join access_grant g on g.role = 'COMMUNITY' and g.area = any (array[t.area, left(t.area, 9)])
                where m.whom = 'receiver' and g.since <= m.at and (g.until is null or g.until > m.at)
                union
                select m.verb, m.who, m.district, m.order_id, m.at, m.words, m.letter, m.actor, k.recorded_by
                from meant m
                         join leader_mark k on k.district = m.district and k.order_id = m.order_id and k.answered_at = m.at
                where m.whom = 'recorder'
                union
                select m.verb, m.who, m.district, m.order_id, m.at, m.words, m.letter, m.actor, g.account
                from meant m
                         join access_grant g on g.role = 'MANAGER' and g.body = m.holder
                    and (g.estate is null or g.estate = m.estate)
                where m.whom = 'holder' and g.since <= m.at and (g.until is null or g.until > m.at)
                union
                select m.verb, m.who, m.district, m.order_id, m.at, m.words, m.letter, m.actor, g.account
                from meant m
                         join access_grant g on g.role = upper(m.whom)
                    and g.area = left(m.community, case m.whom when 'district' then 6 else 4 end)
                where m.whom in ('district', 'city') and g.since <= m.at and (g.until is null or g.until > m.at)
                union
                select m.verb, m.who, m.district, m.order_id, m.at, m.words, m.letter, m.actor, g.account
                from meant m
                         join access_grant g on g.role in ('HELPER', 'MANAGER') and g.body = m.body
                where m.whom in ('helper', 'cancelled') and g.since <= m.at and (g.until is null or g.until > m.at)
                union
                select m.verb, m.who, m.district, m.order_id, m.at, m.words, m.letter, m.actor, g.account
                from meant m
                         join access_grant g on g.role = 'MANAGER' and g.body = m.body and (g.estate is null or g.estate = m.estate)
                where m.whom = 'previous' and g.since <= m.at and (g.until is null or g.until > m.at)
                union
                -- whose part falls due first, when it is the help that falls due
                select m.verb, m.who, m.district, m.order_id, m.at, m.words, m.letter, m.actor, g.account
                from meant m
                         join lateral (select h.body from assist_task h
                                       where h.district = m.district and h.order_id = m.order_id and h.state in ('asked', 'accepted')
                                       order by h.due_at limit 1) h on true
                         join access_grant g on g.role in ('HELPER', 'MANAGER') and g.body = h.body
                where m.whom = 'helper_due' and m.timer = 'help' and g.since <= m.at and (g.until is null or g.until > m.at)
            )
            """;

    /** Into the inbox of all who are meant; and who of them gave an address, with what their letter says. */
    static final String INBOX_AND_MAIL = TOLD + """
            , noted as (
                insert into notice (district, id, account, at, order_id, title, body, link)
                select t.district, nextval('notice_seq'), t.account, t.at, t.order_id,
                       case when t.words like '%{%' then
                           replace(replace(replace(replace(t.words, '{estate}', e.name),
                               '{order}', to_char(o.submitted_at at time zone 'Asia/Shanghai', 'YYMMDD') || '-'
                                          || lpad(o.id::text, greatest(4, length(o.id::text)), '0')),
                               '{urgency}', case coalesce(o.deadline_class, o.urgency) when 'urgent' then '紧急' else '' end),
                               '{due}', coalesce(to_char(o.due_at at time zone 'Asia/Shanghai', 'FMMM"月"FMDD"日" HH24:MI'), '没有'))
                       else t.words end,
                       -- who was asked for help and is not any more reads here why, and nowhere else
                       w.title || coalesce((select '。理由：' || m.words from work_order_step s
                                                join work_order_remark m on m.district = s.district and m.order_id = s.order_id and m.seq = s.seq
                                            where t.who = 'helper' and t.verb in ('recall_help', 'release') and s.district = t.district
                                              and s.order_id = t.order_id and s.verb = t.verb and s.at = t.at), '')
                               -- several clocks of one order can run out one after the other: which of them it was this time
                               || coalesce((select '：' || string_agg(distinct c.words, '、')
                                            from work_order_step s join (values
                       """ + clocks() + """
                                            ) as c (verb, timer, words) on c.verb = s.verb and c.timer = s.detail ->> 'timer'
                                            where t.verb in ('warn', 'escalate', 'escalate_aside') and s.district = t.district
                                              and s.order_id = t.order_id and s.verb = split_part(t.verb, '_', 1) and s.at = t.at
                                              and (s.verb = 'warn' or (c.timer = any(:asides)) = (t.verb = 'escalate_aside'))
                                              and (t.who <> 'helper_due' or c.timer = 'help')), ''),
                       case when t.verb = 'recall_transfer' and t.who = 'receiver' then '/transfers?state=all'
                                     when t.who = any(:notTheirs) or t.verb || ' ' || t.who = any(:notTheirs) then '/todo'
                                     else '/orders/' || t.district || '-' || t.order_id end
                from told t
                         join work_order o on o.district = t.district and o.id = t.order_id
                         join estate e on e.id = o.estate
                         join work_order_words w on w.district = t.district and w.order_id = t.order_id
                where t.words is not null and t.account is distinct from t.actor
            )
            select t.account, t.district, t.order_id, t.verb, t.who, o.submitted_at, o.due_at,
                   coalesce(o.deadline_class, o.urgency) as urgency, e.name as estate
            from told t
                     join mail_address m on m.account = t.account and m.confirmed_at is not null
                     join work_order o on o.district = t.district and o.id = t.order_id
                     join estate e on e.id = o.estate
            where t.letter and t.account is distinct from t.actor
            """;

    /** The phones of those of them who are on duty, each once; of urgent orders only, or of {@code every} order. */
    static final String PHONES = TOLD + """
            select distinct t.account, t.district, t.order_id, t.verb, t.who, o.submitted_at, o.due_at,
                   coalesce(o.deadline_class, o.urgency) as urgency, e.name as estate, p.phone_cipher as phone
            from told t
                     join account a on a.id = t.account and a.disabled_at is null
                     join person p on p.id = a.person and p.phone_cipher is not null
                     join work_order o on o.district = t.district and o.id = t.order_id
                     join estate e on e.id = o.estate
            where t.account is distinct from t.actor
            """;

    private NewsSql() {}

    /** Each clock by its step of the history, in words: 接单 before it runs out, 还没接单 after. */
    private static String clocks() {
        return Arrays.stream(Timer.values())
                .filter(timer -> timer != Timer.EXTEND)
                .map(timer -> "('warn', '" + timer.code() + "', '" + timer.words() + "'), ('escalate', '" + timer.code()
                        + "', '还" + timer.missed() + "')")
                .collect(Collectors.joining(", "));
    }

    /** One event for one of those who are told of it: by these words in the inbox, and by a letter. */
    private record Told(
            Event event,
            String verb,
            String who,
            @Nullable Long body,
            @Nullable String words,
            boolean letter) {}

    /** Every event with every rule for it, as the statements want them: the server would try each with each. */
    static JdbcClient.StatementSpec bound(
            JdbcClient.StatementSpec sql, List<Event> events, Map<Kind, Words> inbox, Set<Kind> letters) {
        var rules = Stream.concat(inbox.keySet().stream(), letters.stream())
                .distinct()
                .collect(Collectors.groupingBy(kind -> kind.event().substring(NewsRules.PREFIX.length())));
        var told = new ArrayList<Told>();
        for (var event : events) {
            var verb = verb(event);
            for (var kind : rules.getOrDefault(verb, List.of())) {
                var words = inbox.get(kind);
                for (var body : bodies(event, kind.who())) {
                    told.add(new Told(
                            event,
                            verb,
                            kind.who(),
                            body,
                            words == null ? null : words.title(),
                            letters.contains(kind)));
                }
            }
        }
        return sql.param("notTheirs", NOT_THEIRS.toArray(String[]::new))
                .param("asides", NewsRules.ASIDES.toArray(String[]::new))
                .param("district", column(told, Integer[]::new, one -> one.event.district()))
                .param("order", column(told, Long[]::new, one -> id(one.event).id()))
                .param("verb", column(told, String[]::new, Told::verb))
                .param("actor", column(told, Long[]::new, one -> number(one.event, "actor")))
                .param("body", column(told, Long[]::new, Told::body))
                .param("holder", column(told, Long[]::new, one -> number(one.event, "holder")))
                .param("at", column(told, Timestamp[]::new, one -> Timestamp.from(one.event.at())))
                .param("level", column(told, String[]::new, one -> text(one.event, "level")))
                .param("timer", column(told, String[]::new, one -> text(one.event, "timer")))
                .param("who", column(told, String[]::new, Told::who))
                .param("words", column(told, String[]::new, Told::words))
                .param("letter", column(told, Boolean[]::new, Told::letter));
    }

    private static <T extends @Nullable Object> T[] column(
            List<Told> told, IntFunction<T[]> array, Function<Told, T> value) {
        return told.stream().map(value).toArray(array);
    }

    /** The body an event is about, for those who are told; each of them where there can be several, none where nobody is meant. */
    private static List<@Nullable Long> bodies(Event event, String who) {
        return switch (who) {
            case "previous" -> {
                var previous = number(event, "previous");
                yield previous == null ? List.of() : List.of(previous);
            }
            case "cancelled" ->
                event.body()
                        .path("cancelled")
                        .valueStream()
                        .map(JsonNode::asLong)
                        .toList();
            default -> Collections.singletonList(number(event, "body"));
        };
    }

    /**
     * Where it can be read. Whoever an offer was taken back from, an order taken away or help cancelled cannot open the order any
     * more, only the list of their own.
     */
    static String link(String verb, String who, OrderId id) {
        if (verb.equals("recall_transfer") && who.equals("receiver")) {
            return "/transfers?state=all";
        }
        return NOT_THEIRS.contains(who) || NOT_THEIRS.contains(verb + " " + who) ? "/todo" : "/orders/" + id;
    }

    static String verb(Event event) {
        var verb = event.kind().substring(NewsRules.PREFIX.length());
        return switch (verb) {
            case "contact" ->
                event.body().has("by")
                        ? NewsRules.BY_INCIDENT
                        : "message".equals(text(event, "how")) ? NewsRules.MESSAGE : verb;
            case "urge" -> ON_DUTY.contains(String.valueOf(text(event, "as"))) ? NewsRules.PRESSED : verb;
            case "withdraw" -> "withdrawn".equals(text(event, "to")) ? verb : NewsRules.GOES_ON;
            case "escalate" -> NewsRules.ASIDES.contains(String.valueOf(text(event, "timer"))) ? NewsRules.ASIDE : verb;
            case "warn" -> "rate".equals(text(event, "timer")) ? NewsRules.RATING_ENDS : verb;
            case "unmerge" -> number(event, "actor") == null ? NewsRules.GIVEN_BACK : verb;
            default -> verb;
        };
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
