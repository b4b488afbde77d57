package org.hemei.workorder.news;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.hemei.platform.crypto.FieldCipher;
import org.hemei.platform.log.EventConsumer;
import org.hemei.platform.notice.Mails;
import org.hemei.platform.notice.NoticeChoices;
import org.hemei.platform.notice.NoticeKinds.Channel;
import org.hemei.platform.notice.NoticeKinds.Kind;
import org.hemei.platform.notice.NoticeKinds.Words;
import org.hemei.platform.notice.NoticeTemplates;
import org.hemei.platform.notice.Sms;
import org.hemei.platform.time.CivilTime;
import org.hemei.workorder.OrderId;
import org.hemei.workorder.Standing;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;

/**
 * Tells people what happened to an order: who is told what is the table {@link #RULES}, a whole batch of events is told
 * in one statement, and nobody is told of what they did themselves.
 */
@Component
class OrderNews implements EventConsumer {

    static final String PREFIX = "work_order.";

    /** An order urged by whoever is on duty above, which is told in other words than a resident's urging. */
    static final String PRESSED = "urge_on_duty";

    /** verb, who is told, and in which words unless a place has set others ({@link OrderKinds}). */
    static final String[][] RULES = {
        {"submit", "community", "有新点单，等您受理"},
        {"accept", "reporter", "社区受理了您的单"},
        {"reject", "reporter", "社区没有受理，写了该去哪儿办"},
        {"answer", "reporter", "社区答复您了，请看看清楚没有"},
        {"merge", "reporter", "您的单和邻居的合在一起办了"},
        {"dispatch", "holder", "社区派来一单，等您接单"},
        {"dispatch", "reporter", "社区受理了您的单，已经派出去"},
        {"take", "reporter", "处理单位接单了"},
        {"assign", "assignee", "这一单安排给您了"},
        {"ask_help", "helper", "有一件事请您协办"},
        {"help_accept", "holder", "协办单位接下了"},
        {"help_decline", "holder", "协办单位来不了，写了理由"},
        {"help_done", "holder", "协办的事办完了"},
        {"deny_contact", "holder", "居民说没联系上他，请再联系"},
        {"resolve", "verifier", "处理单位说办好了，等您核验"},
        {"resolve", "reporter", "处理单位说办好了，社区还要去看"},
        {"send_back", "holder", "核验没通过，退回重办"},
        {"verify", "reporter", "核验过了，请您评价"},
        {"verify", "joiner", "您也遇到的那件事办好了"},
        {"rate", "holder", "居民评价了这一单"},
        {"reopen", "holder", "居民说没解决，请再办"},
        {"reopen", "community", "居民说没解决，已再次交办"},
        {"close_unrated", "reporter", "评价期过了，这一单没评就办结了"},
        {"withdraw", "holder", "居民撤单了，不用再办"},
        {"urge", "holder", "居民在催，请加快"},
        {"urge", "community", "居民在催，请看看"},
        {PRESSED, "holder", "社区或街道在催，请加快"},
        {PRESSED, "community", "街道在催，请看看"},
        {"remark", "holder", "有人补充了情况"},
        {"remark", "reporter", "您的单有新情况"},
        {"request_return", "decider", "处理单位申请退单，等您来定"},
        {"request_return", "reporter", "处理单位说这事不归它，正在定由谁办"},
        {"grant_return", "helper", "退单同意了，这一单不用您办"},
        {"refuse_return", "holder", "退单没有同意，写了理由，请接着办"},
        {"rule", "holder", "街道裁定这一单由您单位办"},
        {"rule", "reporter", "街道定了由谁办您的单"},
        {"rule", "community", "有争议的这一单，街道裁定了"},
        {"share", "helper", "有一部分请您单位联合办理"},
        {"share", "holder", "社区请了别家联合办理，牵头还是您"},
        {"release", "helper", "联合办理的这一部分不用您办了"},
        {"release", "holder", "联合办理有一家撤下了"},
        {"supervise", "answerer", "街道督办这一单，请书面答复"},
        {"supervise", "reporter", "街道在盯着您的单，要求书面答复"},
        {"answer_supervision", "street", "督办有答复了，请您看"},
        {"return_answer", "answerer", "督办答复退回来了，请重写"},
        {"lift_supervision", "answerer", "督办解除了"},
        {"instruct", "addressee", "有一条领导批示，请按期答复"},
        {"answer_instruction", "recorder", "批示有答复了，请您看"},
        {"refer", "reporter", "这件事归别处办，写了去哪儿、电话多少"},
        {"offer_transfer", "receiver", "有一张单想转给您，等您答复"},
        {"offer_transfer", "reporter", "您的单要转到更合适的地方，等对方接"},
        {"take_transfer", "reporter", "对方接下了您的单"},
        {"take_transfer", "community", "移交出去的单，对方接了"},
        {"decline_transfer", "community", "对方不接移交，写了理由"},
        {"unmerge", "reporter", "您的单和那一张分开了，单独办"},
        {"dispatch", "merged", "合在一起的那件事派出去了"},
        {"take", "merged", "合在一起的那件事，处理单位接单了"},
        {"resolve", "merged", "合在一起的那件事，处理单位说办好了"},
        {"verify", "merged", "合在一起的那件事核验过了，请您也评价"},
        {"reopen", "merged", "合在一起的那件事，有人说没解决，重新办"},
        {"answer", "merged", "合在一起的那件事，社区答复了"},
        {"refer", "merged", "合在一起的那件事归别处办，写了去哪儿"},
        {"warn", "level", "快到期了，请抓紧"},
        {"escalate", "level", "有一单超时，报到您这儿了"},
        {"escalate", "holder", "这一单超时了，已经往上报"},
        {"escalate", "reporter", "您的单超时了，系统往上报了"},
        {"ask_extension", "verifier", "处理单位申请延期，等您来定"},
        {"grant_extension", "holder", "同意延期，请看新的期限"},
        {"grant_extension", "reporter", "处理单位要多用几天，社区同意了"},
        {"refuse_extension", "holder", "没同意延期，写了理由"},
        {"ask_suspension", "verifier", "处理单位申请挂起，等您来定"},
        {"grant_suspension", "holder", "同意挂起，计时停了"},
        {"grant_suspension", "reporter", "您的单遇到客观障碍，计时停了，写了哪天恢复"},
        {"refuse_suspension", "holder", "没同意挂起，写了理由"},
        {"resume", "holder", "恢复计时，请接着办"},
        {"resume", "reporter", "您的单恢复计时，接着办了"},
    };

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

    private static final String INBOX = TOLD + """
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

    private static final String MAIL = TOLD + """
            select t.account, t.district, t.order_id, t.verb, t.who, o.submitted_at, o.due_at, o.urgency, e.name as estate
            from told t
                     join mail_address m on m.account = t.account and m.confirmed_at is not null
                     join work_order o on o.district = t.district and o.id = t.order_id
                     join estate e on e.id = o.estate
            where t.account is distinct from t.actor
            """;

    private record Text(byte[] phone, @Nullable Long account, String verb, OrderId id, Map<String, String> values) {}

    private final JdbcClient jdbc;
    private final Sms sms;
    private final Mails mails;
    private final NoticeTemplates templates;
    private final NoticeChoices choices;
    private final OrderKinds kinds;
    private final FieldCipher cipher;

    OrderNews(
            JdbcClient jdbc,
            Sms sms,
            Mails mails,
            NoticeTemplates templates,
            NoticeChoices choices,
            OrderKinds kinds,
            FieldCipher cipher) {
        this.jdbc = jdbc;
        this.sms = sms;
        this.mails = mails;
        this.templates = templates;
        this.choices = choices;
        this.kinds = kinds;
        this.cipher = cipher;
    }

    @Override
    public String name() {
        return "work-order-news";
    }

    @Override
    public void handle(List<Event> events) {
        var ours = events.stream()
                .filter(event -> event.kind().startsWith(PREFIX))
                .filter(event -> !dispatchedAtOnce(event, events))
                .toList();
        if (ours.isEmpty()) {
            return;
        }
        var book = templates.book();
        var inbox = said(book, Channel.INBOX);
        bound(jdbc.sql(INBOX), ours, inbox.keySet())
                .param("rule_words", inbox.values().stream().map(Words::title).toArray(String[]::new))
                .update();
        mail(ours, said(book, Channel.MAIL));
        text(ours, said(book, Channel.SMS));
    }

    /** What is said on a channel, by kind. */
    private Map<Kind, Words> said(NoticeTemplates.Book book, Channel channel) {
        Map<Kind, Words> said = new LinkedHashMap<>();
        kinds.kinds().stream()
                .filter(kind -> kind.channels().contains(channel))
                .forEach(kind -> book.words(kind, channel).ifPresent(words -> said.put(kind, words)));
        return said;
    }

    private static JdbcClient.StatementSpec bound(
            JdbcClient.StatementSpec sql, List<Event> events, Collection<Kind> rules) {
        return sql.param("district", events.stream().map(Event::district).toArray(Integer[]::new))
                .param("order", events.stream().map(event -> id(event).id()).toArray(Long[]::new))
                .param("verb", events.stream().map(OrderNews::verb).toArray(String[]::new))
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
                                .map(kind -> kind.event().substring(PREFIX.length()))
                                .toArray(String[]::new))
                .param("rule_who", rules.stream().map(Kind::who).toArray(String[]::new));
    }

    /** To those who gave an address. No word of the order goes along: mail travels in the open. */
    private void mail(List<Event> events, Map<Kind, Words> said) {
        if (!mails.works()) {
            return;
        }
        var news = bound(jdbc.sql(MAIL), events, said.keySet())
                .param("rule_words", new String[said.size()])
                .query((r, n) -> {
                    var kind = said.keySet().stream()
                            .filter(k -> k.event().equals(PREFIX + verb(r))
                                    && k.who().equals(who(r)))
                            .findFirst()
                            .orElseThrow();
                    var words = java.util.Objects.requireNonNull(said.get(kind));
                    var id = new OrderId(r.getInt("district"), r.getLong("order_id"));
                    var values = values(r, id);
                    return new Mails.News(
                            r.getLong("account"),
                            id.district(),
                            kind.topic(),
                            kind.urgent() || r.getString("urgency").equals("urgent"),
                            NoticeTemplates.filled(words.title(), values),
                            NoticeTemplates.filled(words.text(), values),
                            "/orders/" + id);
                })
                .list();
        mails.tell(news);
    }

    private static String verb(ResultSet r) {
        return text(r, "verb");
    }

    private static String who(ResultSet r) {
        return text(r, "who");
    }

    private static String text(ResultSet r, String column) {
        try {
            return r.getString(column);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Map<String, String> values(ResultSet r, OrderId id) throws SQLException {
        var due = r.getTimestamp("due_at");
        var submitted = r.getTimestamp("submitted_at").toInstant();
        return Map.of(
                "order", id.number(submitted),
                "estate", r.getString("estate"),
                "due", due == null ? "没有" : CivilTime.near(due.toInstant(), submitted));
    }

    /** Accepted and dispatched in one stroke is one piece of news. */
    private static boolean dispatchedAtOnce(Event event, List<Event> events) {
        return event.kind().equals(PREFIX + "accept")
                && events.stream()
                        .anyMatch(other -> other.kind().equals(PREFIX + "dispatch")
                                && other.subject().equals(event.subject())
                                && other.at().equals(event.at()));
    }

    /** By text message to whoever filed the order, or had it filed: what has words for it, and only if they want it. */
    private void text(List<Event> events, Map<Kind, Words> said) {
        var texted = events.stream()
                .filter(event ->
                        said.keySet().stream().anyMatch(kind -> kind.event().equals(event.kind())))
                .toList();
        if (texted.isEmpty()) {
            return;
        }
        jdbc.sql("""
                select h.verb, o.district, o.id, o.submitted_at, o.due_at, o.reporter, e.name as estate,
                       coalesce(p.phone_cipher, w.caller_phone_cipher) as phone
                from unnest(:district::int[], :order::bigint[], :verb::text[]) as h(district, order_id, verb)
                         join work_order o on o.district = h.district and o.id = h.order_id
                         join work_order_words w on w.district = o.district and w.order_id = o.id
                         join estate e on e.id = o.estate
                         left join account a on a.id = o.reporter
                         left join person p on p.id = a.person
                where coalesce(p.phone_cipher, w.caller_phone_cipher) is not null
                """)
                .param("district", texted.stream().map(Event::district).toArray(Integer[]::new))
                .param("order", texted.stream().map(event -> id(event).id()).toArray(Long[]::new))
                .param("verb", texted.stream().map(OrderNews::verb).toArray(String[]::new))
                .query((r, n) -> {
                    var id = new OrderId(r.getInt("district"), r.getLong("id"));
                    return new Text(
                            r.getBytes("phone"),
                            r.getObject("reporter", Long.class),
                            r.getString("verb"),
                            id,
                            values(r, id));
                })
                .list()
                .forEach(text -> said.forEach((kind, words) -> {
                    if (kind.event().equals(PREFIX + text.verb)
                            && (text.account == null || choices.bySms(text.account, kind.topic()))) {
                        sms.send(cipher.decrypt(text.phone), NoticeTemplates.filled(words.text(), text.values));
                    }
                }));
    }

    private static String verb(Event event) {
        var verb = event.kind().substring(PREFIX.length());
        return verb.equals("urge") && ON_DUTY.contains(String.valueOf(text(event, "as"))) ? PRESSED : verb;
    }

    private static OrderId id(Event event) {
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
