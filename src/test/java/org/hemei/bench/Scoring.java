package org.hemei.bench;

import java.io.IOException;
import java.sql.SQLException;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.hemei.ballot.BallotThings;
import org.hemei.outside.DemoCity;
import org.hemei.outside.RunningApplication;
import org.hemei.outside.Sql;
import org.hemei.outside.Visitor;

/**
 * S5: a year's evaluation of 4,000 projects from 3 M ballots: the ballots counted by estate, question and answer as they lie in the
 * table, and then over HTTP all projects scored with what else was gathered, each with its inputs stored. Estates that the demo city
 * lacks are copied from those it has.
 */
final class Scoring {

    private static final int PROJECTS = 4_000;
    private static final int BALLOTS = 3_000_000;
    private static final int QUESTIONS = 5;
    private static final int GRADES = 5;

    private final RunningApplication application;

    Scoring(RunningApplication application) {
        this.application = application;
    }

    String measure() throws IOException, SQLException, InterruptedException {
        DemoCity.await(application);
        try (var sql = application.sql();
                var visitor = new Visitor(application.port())) {
            var campaign = fill(sql);
            visitor.signInByPassword("fangguan", DemoCity.PASSWORD);
            visitor.get("/campaigns/" + campaign);
            Bench.say("S5: counting and scoring");
            var start = System.nanoTime();
            count(sql);
            seal(sql);
            var counted = System.nanoTime();
            var answer = visitor.post("/campaigns/" + campaign + "/compute", Map.of("version", "0"));
            var end = System.nanoTime();
            if (!answer.redirects()) {
                throw Visitor.unexpected("scoring a campaign", answer);
            }
            var made =
                    sql.number("select count(*) from evaluation_score s join evaluation_project p on p.id = s.project"
                            + " where p.campaign = " + campaign);
            if (made < PROJECTS) {
                throw new IllegalStateException(made + " projects were scored");
            }
            return Bench.line(
                    "S5",
                    (end - start) / 1e9,
                    "s",
                    "projects",
                    String.valueOf(made),
                    "ballots",
                    String.valueOf(BALLOTS),
                    "count_s",
                    Bench.rounded((counted - start) / 1e9),
                    "score_s",
                    Bench.rounded((end - counted) / 1e9));
        }
    }

    /** Every ballot is read once, whatever number of questions it answers; both processors may read. */
    private static void count(Sql sql) throws SQLException {
        var answers = IntStream.rangeClosed(1, QUESTIONS).mapToObj("substr(answers, %1$d, 1) as q%1$d"::formatted);
        var sums = IntStream.rangeClosed(1, QUESTIONS)
                .boxed()
                .flatMap(q -> IntStream.rangeClosed(1, GRADES)
                        .mapToObj(g -> "count(*) filter (where q%1$d = '%2$d') as n%1$d%2$d".formatted(q, g)));
        var rows = IntStream.rangeClosed(1, QUESTIONS)
                .boxed()
                .flatMap(q ->
                        IntStream.rangeClosed(1, GRADES).mapToObj(g -> "(%1$d, '%2$d', n%1$d%2$d)".formatted(q, g)));
        write(sql, """
                create temp table counted as
                select district, poll, estate, %s
                from (select district, poll, estate, %s from ballot where poll = (select max(id) from poll)) b
                group by district, poll, estate
                """.formatted(sums.collect(Collectors.joining(", ")), answers.collect(Collectors.joining(", "))));
        write(sql, """
                insert into ballot_count (district, poll, estate, question, answer, ballots)
                select c.district, c.poll, c.estate, v.question, v.answer, v.ballots
                from counted c cross join lateral (values %s) as v (question, answer, ballots) where v.ballots > 0
                """.formatted(rows.collect(Collectors.joining(", "))));
    }

    /** The numbers under the root of the poll, as the count does it: scoring looks whether they still are what was sealed. */
    private static void seal(Sql sql) throws SQLException {
        write(sql, """
                update poll_group g set sheets_root = sha256(''), counts_digest = (
                    select sha256(convert_to(string_agg(c.question || ' ' || c.answer || ' ' || c.ballots || e'\\n', ''
                                                        order by c.question, c.answer collate "C"), 'UTF8'))
                    from ballot_count c where c.district = g.district and c.poll = g.poll and c.estate = g.estate)
                where g.poll = (select max(id) from poll)
                """);
        var root = BallotThings.root(sql.list("""
                select estate || ':' || encode(root, 'hex') || ':' || encode(sheets_root, 'hex') || ':' || encode(counts_digest, 'hex')
                from poll_group where poll = (select max(id) from poll) order by estate
                """));
        write(sql, "update poll set root = decode('" + root + "', 'hex') where id = (select max(id) from poll)");
        write(sql, """
                insert into audit_entry (district, id, at, action, subject_kind, subject_id, detail)
                select 0, nextval('audit_seq'), now(), 'poll.counted', 'poll', max(id)::text, jsonb_build_object('root', '%s') from poll
                """.formatted(root));
    }

    /** Last year's last year, so that nothing of the demo city's own is in the way. */
    private static String fill(Sql sql) throws SQLException {
        Bench.say("S5: " + PROJECTS + " projects and " + BALLOTS + " ballots are written");
        write(sql, """
                insert into estate (name, district, street, community, kinds, households, buildings, built_year)
                select name || '·' || n, district, street, community, kinds, households, buildings, built_year
                from estate cross join generate_series(1, 9) n
                where exists (select from contract k where k.estate = estate.id) order by n, id
                limit greatest(0, %d - (select count(distinct estate) from contract))
                """.formatted(PROJECTS));
        write(sql, """
                insert into contract (company, estate, during)
                select (select min(body) from company) + e.id %% 600, e.id, '[2015-01-01,)' from estate e where e.name like '%%·_'
                """.formatted());
        // scoring looks at contracts itself: whoever has the first one of an estate had it that year already
        write(sql, """
                update contract k set during = daterange('2015-01-01', upper(k.during))
                where lower(k.during) > '2015-01-01'
                  and not exists (select from contract o where o.estate = k.estate and lower(o.during) < lower(k.during))
                """);
        write(sql, """
                insert into poll (purpose, title, about, area, state, opens_at, closes_at, count_by, minimum, root)
                values ('bench', '满意度', '满意度', '3401', 'counted', '2016-01-01', '2016-02-01', '2016-02-01', 5, sha256(''))
                """);
        write(sql, """
                insert into evaluation_campaign (area, year, scheme, title, state, period_from, period_until, seed_source, framed_at, frame_hash, seed,
                    sample_hash, poll, collect_from, collect_until, review_until, objection_from, objection_until, final_by, made_at)
                select '3401', 2016, min(id), '测量', 'review', '2016-01-01', '2017-01-01', '测量', now(), repeat('0', 64), '0000', repeat('0', 64),
                       (select max(id) from poll), '2016-10-01', '2016-10-30', '2199-01-01', '2199-01-01', '2199-02-01', '2199-03-01', now()
                from evaluation_scheme where state = 'published'
                """);
        write(sql, """
                insert into evaluation_project (campaign, district, estate, company, bodies, households, kinds, days, counts)
                select (select max(id) from evaluation_campaign), e.district, e.id, max(k.company), array[max(k.company)], e.households, e.kinds, 366, true
                from estate e join contract k on k.estate = e.id group by e.id order by e.id limit %d
                """.formatted(PROJECTS));
        write(sql, """
                insert into poll_group (district, poll, estate, eligible, root)
                select district, (select max(id) from poll), estate, %d, sha256('') from evaluation_project
                where campaign = (select max(id) from evaluation_campaign)
                """.formatted(BALLOTS / PROJECTS));
        write(sql, """
                insert into ballot_roll (district, poll, estate, unit, channel)
                select g.district, g.poll, g.estate, u.id, 'phone'
                from (select *, row_number() over (order by estate) as n from poll_group where poll = (select max(id) from poll)) g
                         join (select id, row_number() over (order by id) as n from unit) u on u.n = g.n
                """);
        write(sql, """
                insert into ballot_count (district, poll, estate, question, answer, ballots)
                select district, poll, estate, 0, 'screen', %d from poll_group where poll = (select max(id) from poll)
                """.formatted(BALLOTS / PROJECTS));
        write(sql, """
                insert into ballot (district, poll, estate, commitment, secret, answers)
                select g.district, g.poll, g.estate, sha256(convert_to(g.estate || ':' || n, 'UTF8')), sha256(''),
                       translate(substr(md5(g.estate || '-' || n), 1, 5), '6789abcdef', '5432143254')
                from poll_group g cross join generate_series(1, %d) n where g.poll = (select max(id) from poll)
                """.formatted(BALLOTS / PROJECTS));
        write(sql, "analyze ballot, ballot_count, ballot_roll, evaluation_project");
        return sql.list("select max(id) from evaluation_campaign").getFirst();
    }

    private static void write(Sql sql, String statement) throws SQLException {
        try (var made = sql.connection().createStatement()) {
            made.execute(statement);
        }
    }
}
