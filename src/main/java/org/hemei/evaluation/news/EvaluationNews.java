package org.hemei.evaluation.news;

import java.time.LocalDate;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.hemei.access.Role;
import org.hemei.platform.GrantHolders;
import org.hemei.platform.log.EventConsumer;
import org.hemei.platform.notice.NoticeTemplates;
import org.hemei.platform.time.CivilTime;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Tells companies, assessors, streets, communities and those who run a campaign what is theirs to do or to know; nobody of their own deed. */
@Component
class EvaluationNews implements EventConsumer {

    private static final String PREFIX = "evaluation.";

    /** What the room of ballots says when a box was given up. */
    private static final String VOIDED = "poll.voided";

    static final Role[] KEEPERS = {Role.HOUSING, Role.DISTRICT, Role.CITY};

    private record Objection(
            int district,
            String area,
            String campaign,
            long place,
            String estate,
            long company,
            String companyName,
            LocalDate due) {}

    private record Score(
            int district,
            String campaign,
            long place,
            String estate,
            String community,
            long company,
            String companyName,
            boolean waits) {

        Map<String, String> values() {
            return Map.of("campaign", campaign, "estate", estate, "company", companyName);
        }
    }

    private record Looks(long account, int count) {}

    private final EvaluationPost post;
    private final AssessorNews assessors;
    private final NoticeTemplates templates;
    private final GrantHolders holders;
    private final OwedNews owed;
    private final ResultNews results;
    private final JdbcClient jdbc;

    EvaluationNews(
            EvaluationPost post,
            AssessorNews assessors,
            NoticeTemplates templates,
            GrantHolders holders,
            OwedNews owed,
            ResultNews results,
            JdbcClient jdbc) {
        this.owed = owed;
        this.results = results;
        this.post = post;
        this.assessors = assessors;
        this.templates = templates;
        this.holders = holders;
        this.jdbc = jdbc;
    }

    @Override
    public String name() {
        return "evaluation-news";
    }

    @Override
    public void handle(List<Event> events) {
        var ours = events.stream()
                .filter(event -> event.kind().startsWith(PREFIX)
                        || event.kind().startsWith(ResultNews.YEAR)
                        || event.kind().equals(VOIDED))
                .toList();
        if (ours.isEmpty()) {
            return;
        }
        var book = templates.book();
        ours.forEach(event -> {
            var what = event.kind().startsWith(PREFIX) ? event.kind().substring(PREFIX.length()) : event.kind();
            switch (what) {
                case VOIDED -> voided(book, event);
                case "inspection.given" -> assessors.given(book, event);
                case "inspection.handed" -> assessors.handed(book, event);
                case "inspection.ended" -> assessors.ended(book, event);
                case "inspection.without" -> told(book, event, what, "/ties");
                case "tally.wrong" -> told(book, event, what, "");
                case "contract.differs" -> told(book, event, what, "/contracts");
                case "campaign.open" -> opened(book, event);
                case "campaign.again" -> again(book, event);
                case "campaign.compute" -> computed(book, event);
                case "campaign.owed" -> owed.tell(book, event);
                case "campaign.publish" -> published(book, event);
                case "campaign.conclude" -> results.concluded(book, event);
                case ResultNews.FINAL, ResultNews.CORRECTED -> results.year(book, event);
                case "objection.file",
                        "objection.withdraw",
                        "objection.restored",
                        "objection.uphold",
                        "objection.refuse" -> objected(book, event, what);
                case "correction.asked" -> told(book, event, what, "");
                case "correction.done", "correction.denied" ->
                    post.send(
                            book,
                            event,
                            what,
                            "asker",
                            List.of(event.body().path("asker").asLong()),
                            Map.of("campaign", post.campaign(event).title()),
                            "/scores/" + event.body().path("score").asLong() + "/correction");
                case "score.corrected" -> corrected(book, event);
                case "score.held" -> held(book, event);
                case "conflict.asked", "conflict.answered", "conflict.entered", "conflict.struck", "conflict.kept" ->
                    assessors.tie(book, event, what);
                case "conflict.found", "conflict.declared" ->
                    assessors.replaced(book, event, what.equals("conflict.found"));
                default -> {
                    // nobody needs to be told of it
                }
            }
        });
    }

    /** Those who see the estates, and those who score them. */
    private void opened(NoticeTemplates.Book book, Event event) {
        var campaign = post.campaign(event);
        var id = event.body().path("campaign").asLong();
        jdbc.sql("""
                        select assessor as account, count(*) as count from evaluation_inspection
                        where campaign = ? and state = 'open' group by assessor order by assessor
                        """)
                .param(id)
                .query(Looks.class)
                .list()
                .forEach(one -> post.send(
                        book,
                        event,
                        "campaign.open",
                        "assessor",
                        List.of(one.account),
                        Map.of(
                                "campaign", campaign.title(),
                                "count", String.valueOf(one.count),
                                "until", CivilTime.day(campaign.collectUntil())),
                        "/inspections"));
        post.send(
                book,
                event,
                "campaign.open",
                "territory",
                jdbc.sql("""
                                select distinct g.account
                                from evaluation_project p
                                         join estate e on e.id = p.estate
                                         join access_grant g on g.role = 'COMMUNITY' and g.area = e.community
                                             or g.role = 'STREET' and g.area = e.street
                                         join account a on a.id = g.account and a.disabled_at is null
                                where p.campaign = :campaign and g.since <= :at and (g.until is null or g.until > :at)
                                """)
                        .param("campaign", id)
                        .param("at", java.sql.Timestamp.from(event.at()))
                        .query(Long.class)
                        .list(),
                Map.of("campaign", campaign.title(), "until", CivilTime.day(campaign.reviewUntil())),
                "/opinions");
    }

    /** Somebody has to read scores before everybody may. */
    private void computed(NoticeTemplates.Book book, Event event) {
        var campaign = post.campaign(event);
        post.send(
                book,
                event,
                "campaign.compute",
                "keeper",
                post.keepers(campaign.area()),
                Map.of("campaign", campaign.title(), "until", CivilTime.day(campaign.objectionFrom())),
                "/campaigns/" + event.body().path("campaign").asLong() + "/scores");
    }

    private void published(NoticeTemplates.Book book, Event event) {
        var campaign = post.campaign(event);
        post.send(
                book,
                event,
                "campaign.publish",
                "company",
                jdbc.sql("""
                                select distinct g.account
                                from evaluation_project p
                                         join access_grant g on g.role = 'MANAGER' and g.body = p.company
                                             and (g.estate is null or g.estate = p.estate)
                                         join account a on a.id = g.account and a.disabled_at is null
                                where p.campaign = :campaign and g.since <= :at and (g.until is null or g.until > :at)
                                order by g.account
                                """)
                        .param("campaign", event.body().path("campaign").asLong())
                        .param("at", java.sql.Timestamp.from(event.at()))
                        .query(Long.class)
                        .list(),
                Map.of("campaign", campaign.title(), "until", CivilTime.day(campaign.objectionUntil())),
                "/objections");
    }

    private void objected(NoticeTemplates.Book book, Event event, String what) {
        var id = event.body().path("objection").asLong();
        var one = jdbc.sql("""
                        select o.district, c.area, c.title as campaign, p.estate as place, e.name as estate, p.company,
                               b.short_name as company_name, o.due_on as due
                        from evaluation_objection o
                                 join evaluation_project p on p.id = o.project join evaluation_campaign c on c.id = p.campaign
                                 join estate e on e.id = p.estate join body b on b.id = p.company
                        where o.id = ?
                        """).param(id).query(Objection.class).single();
        if (event.body().path("paper").asBoolean(false)) {
            var values = Map.of("estate", one.estate, "until", CivilTime.day(one.due));
            post.send(
                    book,
                    event,
                    switch (what) {
                        case "objection.withdraw" -> "objection.taken_back";
                        case "objection.restored" -> what;
                        default -> "objection.entered";
                    },
                    "company",
                    holders.ofBodyAt(one.company, one.place),
                    values,
                    "/objections/" + id);
        }
        var decided = what.equals("objection.uphold") || what.equals("objection.refuse");
        post.send(
                book,
                event,
                what.equals("objection.uphold") && !event.body().path("changed").asBoolean(true)
                        ? "objection.uphold_same"
                        : what,
                decided ? "company" : "keeper",
                decided ? holders.ofBodyAt(one.company, one.place) : post.keepers(one.area),
                Map.of(
                        "campaign", one.campaign,
                        "estate", one.estate,
                        "company", one.companyName,
                        "until", CivilTime.day(one.due)),
                "/objections/" + id);
    }

    private record Place(long estate, String name, String community, List<Long> companies) {}

    /** Estates of a poll, or of the one that was held once more after it, with the companies that had them. */
    private List<Place> places(long poll, @Nullable Long only) {
        return jdbc.sql("""
                        select e.id, e.name, e.community, array_agg(distinct p.company) as companies
                        from poll b
                                 join evaluation_campaign c on c.poll = coalesce(b.again_of, b.id)
                                 join poll_group g on g.poll = b.id
                                 join evaluation_project p on p.campaign = c.id and p.estate = g.estate
                                 join estate e on e.id = g.estate
                        where b.id = :poll and (cast(:only as bigint) is null or e.id = :only)
                        group by e.id order by e.id
                        """)
                .param("poll", poll)
                .param("only", only, java.sql.Types.BIGINT)
                .query((r, n) ->
                        new Place(r.getLong("id"), r.getString("name"), r.getString("community"), List.of((Long[])
                                r.getArray("companies").getArray())))
                .list();
    }

    private void tell(
            NoticeTemplates.Book book, Event event, String what, Place place, Map<String, String> values, String link) {
        var managers = place.companies.stream()
                .flatMap(company -> holders.ofBodyAt(company, place.estate).stream())
                .toList();
        post.send(book, event, what, "company", managers, values, link);
        post.send(book, event, what, "territory", territory(place.community), values, link);
    }

    /**
     * A box of one of our polls was given up: its estate is not rated this time, unless its households are asked once more. They are not
     * asked a third time.
     */
    private void voided(NoticeTemplates.Book book, Event event) {
        var poll = Long.parseLong(event.subject());
        var again = jdbc.sql("select again_of is not null from poll where id = ?")
                .param(poll)
                .query(Boolean.class)
                .single();
        places(poll, event.body().path("estate").asLong())
                .forEach(place -> tell(
                        book,
                        event,
                        again ? "ballots.voided_again" : "ballots.voided",
                        place,
                        Map.of("estate", place.name),
                        "/ballot-box/" + poll + "/" + place.estate));
    }

    /** The households of those estates are told when their poll opens. */
    private void again(NoticeTemplates.Book book, Event event) {
        var campaign = post.campaign(event);
        record Again(long poll, java.sql.Timestamp closes) {}
        var again = jdbc.sql("""
                        select b.id as poll, b.closes_at as closes from poll b join evaluation_campaign c on c.poll = b.again_of where c.id = ?
                        """)
                .param(event.body().path("campaign").asLong())
                .query(Again.class)
                .single();
        var until = CivilTime.nearEnd(again.closes.toInstant(), event.at());
        places(again.poll, null)
                .forEach(place -> tell(
                        book,
                        event,
                        "campaign.again",
                        place,
                        Map.of("campaign", campaign.title(), "estate", place.name, "until", until),
                        "/ballot-box/" + again.poll));
    }

    /** Something of a campaign that waits for whoever runs it. @param page where it is put in order */
    private void told(NoticeTemplates.Book book, Event event, String what, String page) {
        var campaign = post.campaign(event);
        post.send(
                book,
                event,
                what,
                "keeper",
                post.keepers(campaign.area()),
                Map.of(
                        "campaign",
                        campaign.title(),
                        "count",
                        event.body().path("count").asString("")),
                "/campaigns/" + event.body().path("campaign").asLong() + page);
    }

    private List<Long> territory(String community) {
        Set<Long> territory = new LinkedHashSet<>(holders.accounts(Role.COMMUNITY.name(), community));
        territory.addAll(holders.accounts(Role.STREET.name(), community));
        return List.copyOf(territory);
    }

    private Score score(Event event) {
        return jdbc.sql("""
                        select p.district, c.title as campaign, p.estate as place, e.name as estate, e.community, p.company,
                               b.short_name as company_name, c.state = 'final' and s.stage <> 'final' as waits
                        from evaluation_score s
                                 join evaluation_project p on p.id = s.project join evaluation_campaign c on c.id = p.campaign
                                 join estate e on e.id = p.estate join body b on b.id = p.company
                        where s.id = ?
                        """)
                .param(event.body().path("score").asLong())
                .query(Score.class)
                .single();
    }

    /** Where it is heard first, nobody is told that it is so. */
    private void corrected(NoticeTemplates.Book book, Event event) {
        var one = score(event);
        var id = event.body().path("score").asLong();
        var reopened = results.reopened(book, event, id);
        if (!reopened) {
            ofCompany(book, event, "score.corrected", one);
        }
        territory(book, event, reopened || one.waits ? "score.reopened" : "score.corrected", one);
    }

    private void held(NoticeTemplates.Book book, Event event) {
        var one = score(event);
        ofCompany(book, event, "score.held", one);
        territory(book, event, "score.held", one);
    }

    private void ofCompany(NoticeTemplates.Book book, Event event, String what, Score one) {
        var link = "/scores/" + event.body().path("score").asLong();
        post.send(book, event, what, "company", holders.ofBodyAt(one.company, one.place), one.values(), link);
    }

    private void territory(NoticeTemplates.Book book, Event event, String what, Score one) {
        var link = "/scores/" + event.body().path("score").asLong();
        post.send(book, event, what, "territory", territory(one.community), one.values(), link);
    }
}
