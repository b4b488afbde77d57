package org.hemei.evaluation.news;

import java.time.LocalDate;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.ToIntFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.hemei.evaluation.CompanyYears;
import org.hemei.evaluation.CompanyYears.Year;
import org.hemei.evaluation.YearResult;
import org.hemei.evaluation.score.Exact;
import org.hemei.platform.GrantHolders;
import org.hemei.platform.log.EventConsumer.Event;
import org.hemei.platform.notice.NoticeTemplates;
import org.hemei.platform.notice.Notices;
import org.hemei.platform.notice.Notices.Told;
import org.hemei.platform.time.CivilTime;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Tells a company what became of its estates and of its year, with where to see why and what can be done; and of a score that became worse,
 * or its own, after it was published, until which day it can object. Where nobody of it can sign in, whoever runs the campaign serves it.
 */
@Component
class ResultNews {

    static final String YEAR = "company.year.";
    static final String FINAL = YEAR + "final";
    static final String CORRECTED = YEAR + "corrected";

    private static final String WRONG = "查实有错的，凭判决、复议决定、审计结论请办测评的更正。";

    private record Heard(
            int district,
            String area,
            String campaign,
            long place,
            String estate,
            long company,
            String companyName,
            YearResult result,
            @Nullable Integer points,
            String was,
            @Nullable LocalDate until) {}

    private record Part(
            long company,
            String name,
            long estate,
            int year,
            String title,
            int passed,
            int failed,
            int unrated,
            long score) {}

    private final EvaluationKinds kinds;
    private final Notices notices;
    private final GrantHolders holders;
    private final CompanyYears years;
    private final JdbcClient jdbc;

    ResultNews(EvaluationKinds kinds, Notices notices, GrantHolders holders, CompanyYears years, JdbcClient jdbc) {
        this.kinds = kinds;
        this.notices = notices;
        this.holders = holders;
        this.years = years;
        this.jdbc = jdbc;
    }

    /** @return whether the version can be objected to, and so was told of in this way */
    boolean reopened(NoticeTemplates.Book book, Event event, long score) {
        var found = jdbc.sql("""
                        select p.district, c.area, c.title as campaign, p.estate as place, e.name as estate, p.company, b.short_name as company_name,
                               upper(s.result) as result, s.score as points, h.was, h.until
                        from evaluation_hearing h join evaluation_score s on s.id = h.score
                                 join evaluation_project p on p.id = h.project join evaluation_campaign c on c.id = p.campaign
                                 join estate e on e.id = p.estate join body b on b.id = p.company
                        where h.score = ?
                        """).param(score).query(Heard.class).optional();
        found.ifPresent(one -> {
            var until = one.until;
            if (until == null) {
                var values = Map.of("company", one.companyName, "estate", one.estate);
                send(book, event, "score.unserved", "keeper", keepers(one.area), values, "/scores/" + score + "/paper");
                return;
            }
            var values = Map.of(
                    "campaign",
                    one.campaign,
                    "estate",
                    one.estate,
                    "was",
                    one.was.isEmpty() ? "原来不算您的" : "原来是 " + one.was,
                    "now",
                    words(one.result, one.points),
                    "until",
                    CivilTime.day(until));
            var managers = holders.ofBodyAt(one.company, one.place);
            send(book, event, "score.reopened", "company", managers, values, "/scores/" + score);
        });
        return found.isPresent();
    }

    /** Once to each manager: of the whole company all its estates, of one estate that one. */
    void concluded(NoticeTemplates.Book book, Event event) {
        var campaign = event.body().path("campaign").asLong();
        record Manager(long account, long company, @Nullable Long estate) {}
        var parts = parts(campaign);
        jdbc.sql("""
                        select distinct on (g.account, g.body) g.account, g.body as company, g.estate
                        from evaluation_project p
                                 join access_grant g on g.role = 'MANAGER' and g.body = p.company and (g.estate is null or g.estate = p.estate)
                                 join account a on a.id = g.account and a.disabled_at is null
                        where p.campaign = :campaign and p.counts and g.since <= :at and (g.until is null or g.until > :at)
                        order by g.account, g.body, g.estate nulls first
                        """)
                .param("campaign", campaign)
                .param("at", java.sql.Timestamp.from(event.at()))
                .query(Manager.class)
                .list()
                .forEach(manager -> {
                    var own = parts.stream()
                            .filter(one -> one.company == manager.company
                                    && (manager.estate == null || manager.estate == one.estate))
                            .toList();
                    if (!own.isEmpty()) {
                        tell(book, event, manager.account, own);
                    }
                });
    }

    private List<Part> parts(long campaign) {
        return jdbc.sql("""
                        select distinct on (p.id) p.company, b.short_name as name, p.estate, c.year, c.title,
                               cast(s.result = 'pass' as int) as passed, cast(s.result = 'fail' as int) as failed,
                               cast(s.result = 'not_rated' as int) as unrated, s.id as score
                        from evaluation_project p join evaluation_campaign c on c.id = p.campaign join body b on b.id = p.company
                                 join evaluation_score s on s.project = p.id
                        where p.campaign = ? and p.counts order by p.id, s.version desc
                        """).param(campaign).query(Part.class).list();
    }

    private void tell(NoticeTemplates.Book book, Event event, long account, List<Part> own) {
        var first = own.getFirst();
        var link = own.size() == 1
                ? "/scores/" + first.score
                : "/ratings?year=" + first.year + "&q="
                        + java.net.URLEncoder.encode(first.name, java.nio.charset.StandardCharsets.UTF_8);
        var result = Stream.of(
                        count("合格", own, Part::passed),
                        count("不合格", own, Part::failed),
                        count("不评定", own, Part::unrated))
                .filter(words -> !words.isEmpty())
                .collect(Collectors.joining("，"));
        var values = Map.of("campaign", first.title, "company", first.name, "result", result, "next", WRONG);
        send(book, event, "campaign.conclude", "company", List.of(account), values, link);
    }

    private static String count(String words, List<Part> own, ToIntFunction<Part> which) {
        var count = own.stream().mapToInt(which).sum();
        return count == 0 ? "" : words + " " + count + " 个";
    }

    /** The whole company's managers; those of single estates where there are none. */
    void year(NoticeTemplates.Book book, Event event) {
        var body = event.body();
        var company = body.path("company").asLong();
        var number = body.path("version").asInt();
        var history = years.history(company, body.path("year").asInt());
        var year = version(history, number);
        if (year == null) {
            return;
        }
        var whole = holders.ofWholeBody(company);
        var name = jdbc.sql("select short_name from body where id = ?")
                .param(company)
                .query(String.class)
                .single();
        var before = version(history, number - 1);
        send(
                book,
                event,
                before == null ? "year.final" : "year.corrected",
                "company",
                whole.isEmpty() ? holders.ofBody(company) : whole,
                Map.of(
                        "company", name,
                        "year", String.valueOf(year.year()),
                        "now", words(year.result(), year.score()),
                        "was", before == null ? "" : "原来是 " + words(before.result(), before.score()),
                        "why", year.reason(),
                        "next", next(year)),
                "/companies/" + company + "/years");
    }

    private static @Nullable Year version(List<Year> history, int number) {
        return history.stream()
                .filter(one -> one.version() == number)
                .findFirst()
                .orElse(null);
    }

    private static String next(Year year) {
        if (year.result() != YearResult.FAIL) {
            return WRONG;
        }
        return WRONG
                + (year.marginReachesOverPass() ? "加上误差够得到合格线，不算进“连续两年不合格”。" : "连续两年不合格的会提出列入黑名单，列入以前另有告知，可以陈述申辩。");
    }

    private static String words(YearResult result, @Nullable Integer points) {
        return points == null ? result.words() : Exact.points(points) + " 分（" + result.words() + "）";
    }

    private List<Long> keepers(String area) {
        Set<Long> keepers = new LinkedHashSet<>();
        for (var role : EvaluationNews.KEEPERS) {
            keepers.addAll(holders.accounts(role.name(), area));
        }
        return List.copyOf(keepers);
    }

    private void send(
            NoticeTemplates.Book book,
            Event event,
            String what,
            String who,
            List<Long> accounts,
            Map<String, String> values,
            String link) {
        notices.tell(
                book,
                kinds.of(what, who),
                accounts.stream()
                        .distinct()
                        .map(account -> new Told(account, event.district(), values, link))
                        .toList(),
                event.at());
    }
}
