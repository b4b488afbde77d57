package org.hemei.registry.contract;

import java.sql.Timestamp;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import org.hemei.platform.log.EventConsumer;
import org.hemei.platform.notice.NoticeKinds;
import org.hemei.platform.notice.Notices;
import org.hemei.platform.time.CivilTime;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Tells the managers of a company, and the community of the estate, that a contract was signed, changed or taken back, and that a list of handing over
 * waits. Many at once are told in one; files of contracts tell nobody, whoever loads them does.
 */
@Component
class ContractNews implements EventConsumer, NoticeKinds {

    private static final Topic TOPIC =
            new Topic("contract", "物业合同和交接", "签约、延长、提前结束、更正、撤回，交接清单开好了", false, false).onDuty();
    private static final int AT_ONCE = 3;

    private final JdbcClient jdbc;
    private final Notices notices;

    ContractNews(JdbcClient jdbc, Notices notices) {
        this.jdbc = jdbc;
        this.notices = notices;
    }

    @Override
    public String name() {
        return "contract-news";
    }

    @Override
    public List<Topic> more() {
        return List.of(TOPIC);
    }

    /** @param theirs whether the contract is this company's, as it now stands */
    private record News(
            String did,
            String estate,
            String company,
            long of,
            boolean theirs,
            String words,
            String link,
            Event event) {}

    private record To(long account, String did, long company) {}

    @Override
    public void handle(List<Event> events) {
        var told = new LinkedHashMap<To, List<News>>();
        for (var event : events) {
            var did = did(event.kind());
            if (did != null) {
                for (var news : news(event, did)) {
                    for (var account : concerned(event, news)) {
                        told.computeIfAbsent(new To(account, did, news.of), to -> new ArrayList<>())
                                .add(news);
                    }
                }
            }
        }
        told.forEach(this::tell);
    }

    private static @Nullable String did(String kind) {
        return switch (kind) {
            case "contract.signed" -> "签了";
            case "contract.extended" -> "延长了";
            case "contract.ended" -> "提前结束了";
            case "contract.corrected" -> "更正了";
            case "contract.taken_back" -> "撤回了";
            default -> null;
        };
    }

    private void tell(To to, List<News> all) {
        if (all.size() <= AT_ONCE) {
            all.forEach(one -> notices.send(
                    TOPIC,
                    to.account,
                    one.event.district(),
                    to.did + one.estate + "的物业合同",
                    one.company + one.words,
                    one.link));
            return;
        }
        var first = all.getFirst();
        notices.send(
                TOPIC,
                to.account,
                first.event.district(),
                to.did + all.size() + " 个小区的物业合同",
                first.company + "："
                        + String.join(
                                "、",
                                all.stream().map(News::estate).limit(AT_ONCE).toList()) + "等。",
                "/companies/" + to.company + "/public");
    }

    /** One for each company the contract is, or was, of. */
    private List<News> news(Event event, String did) {
        var contract = event.body().path("contract").asLong();
        var companies = new ArrayList<Long>();
        for (var said :
                List.of(event.body(), event.body().path("before"), event.body().path("after"))) {
            if (said.isObject() && said.path("company").isNumber()) {
                companies.add(said.path("company").asLong());
            }
        }
        return jdbc.sql("""
                        select b.id as company, b.name as company_name, k.company is null or k.company = b.id as theirs, e.name as estate, lower(k.during) as first, upper(k.during) - 1 as last,
                               (select h.due from contract_handover h where h.contract = k.id and h.done_on is null) as due
                        from estate e
                                 left join contract k on k.id = :contract
                                 join body b on b.id = any(:companies) or b.id = k.company and cardinality(cast(:companies as bigint[])) = 0
                        where e.id = :estate order by b.id
                        """)
                .param("contract", contract)
                .param("companies", companies.stream().distinct().toArray(Long[]::new))
                .param("estate", Long.valueOf(event.subject()))
                .query((r, n) -> new News(
                        did,
                        r.getString("estate"),
                        r.getString("company_name"),
                        r.getLong("company"),
                        r.getBoolean("theirs"),
                        words(
                                event,
                                r.getBoolean("theirs"),
                                r.getObject("first", LocalDate.class),
                                r.getObject("last", LocalDate.class),
                                r.getObject("due", LocalDate.class)),
                        "/contracts/" + contract,
                        event))
                .list();
    }

    private static String words(
            Event event, boolean theirs, @Nullable LocalDate first, @Nullable LocalDate last, @Nullable LocalDate due) {
        if (first == null) {
            return "。合同没有开始就撤回了，经过留着。";
        }
        if (!theirs) {
            return "：登记错了，这份合同不是它的，登记已经更正到另一家企业。";
        }
        var days = "，" + CivilTime.day(first) + "起" + (last == null ? "，没定到期日" : "，到" + CivilTime.day(last)) + "。";
        return due == null || !event.kind().equals("contract.signed")
                ? days
                : days + "前面是另一家企业，交接清单开好了，请在" + CivilTime.day(due) + "以前办完。";
    }

    /** The community once, by what holds now; whoever did it themselves knows. */
    private List<Long> concerned(Event event, News news) {
        return jdbc.sql("""
                        select distinct g.account
                        from access_grant g join estate e on e.id = :estate join account a on a.id = g.account
                        where (g.role = 'MANAGER' and g.body = :company and (g.estate is null or g.estate = e.id)
                               or :theirs and g.role = 'COMMUNITY' and g.area = e.community)
                          and a.disabled_at is null
                          and a.id is distinct from (select c.account from contract_change c
                                                     where c.contract = :contract and c.at <= :at order by c.id desc limit 1)
                          and g.since <= :at and (g.until is null or g.until > :at)
                        order by g.account
                        """)
                .param("estate", Long.valueOf(event.subject()))
                .param("contract", event.body().path("contract").asLong())
                .param("company", news.of)
                .param("theirs", news.theirs)
                .param("at", Timestamp.from(event.at()))
                .query(Long.class)
                .list();
    }
}
