package org.hemei.evaluation.campaign;

import java.sql.Timestamp;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.Map;
import java.util.Optional;
import org.hemei.RoomThings;
import org.hemei.evaluation.scheme.Scheme;
import org.hemei.evaluation.scheme.SchemeContent;
import org.hemei.evaluation.scheme.SchemeContent.Kind;
import org.hemei.evaluation.scheme.Schemes;
import org.hemei.evaluation.score.Gathering.Ballots;
import org.hemei.evaluation.score.Gathering.Period;
import org.hemei.evaluation.score.ScoreDesk;
import org.hemei.platform.Reader;
import org.hemei.platform.time.CivilTime;
import org.hemei.platform.web.Once;
import org.hemei.testing.Town;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.json.JsonMapper;

/** Schemes, campaigns and scores of the near district. Each state has a year of its own, and a new one takes the old one's place. */
@Component
public class EvaluationThings implements RoomThings {

    private static final Map<String, Integer> YEARS =
            Map.of("collecting", 2030, "objection", 2031, "planned", 2032, "final", 2033);
    private static final int FREE_YEAR = 2040;
    private static final int DIFFERING_YEAR = 2047;
    private static final int PAPER_YEAR = 2048;

    private final JdbcClient jdbc;
    private final Schemes schemes;
    private final Projects projects;
    private final Frames frames;
    private final Campaigns campaigns;
    private final ScoreDesk scores;
    private final TransactionTemplate transaction;
    private final InstantSource clock;
    private final JsonMapper json;

    EvaluationThings(
            JdbcClient jdbc,
            Schemes schemes,
            Projects projects,
            Frames frames,
            Campaigns campaigns,
            ScoreDesk scores,
            TransactionTemplate transaction,
            InstantSource clock,
            JsonMapper json) {
        this.jdbc = jdbc;
        this.schemes = schemes;
        this.projects = projects;
        this.frames = frames;
        this.campaigns = campaigns;
        this.scores = scores;
        this.transaction = transaction;
        this.clock = clock;
        this.json = json;
    }

    @Override
    public Optional<String> thing(String name, Town town, @Nullable Reader caller) {
        var near = town.near();
        var district = String.valueOf(near.district());
        return switch (name) {
            case "$scheme" -> id(scheme(district, "published"));
            case "$scheme.draft" -> id(scheme(district, "draft"));
            case "$campaign.planned", "$campaign.collecting", "$campaign.final" ->
                id(campaign(near, name.substring(name.indexOf('.') + 1)));
            case "$campaign.computed" -> {
                var campaign = campaign(near, "preliminary");
                computed(campaign, near);
                yield id(campaign);
            }
            case "$free-year" -> {
                free(district, FREE_YEAR);
                yield Optional.of(String.valueOf(FREE_YEAR));
            }
            case "$free-day" -> Optional.of(FREE_YEAR + "-10-01");
            case "$free-seed" -> Optional.of(FREE_YEAR + "-09-28");
            case "$inspection" -> id(inspection(near));
            case "$tie" -> Optional.of(campaign(near, "collecting") + "-" + near.company());
            case "$assessor" -> id(near.assessor().account());
            case "$evaluated" -> id(near.company());
            case "$campaign.differs" -> id(differs(near));
            case "$seen" -> Optional.of(seen(near));
            case "$score" -> id(score(near));
            case "$score.paper" -> id(score(near, PAPER_YEAR));
            case "$objection" -> id(objection(near));
            case "$objection.decided" -> id(decided(near));
            case "$rated" -> {
                rated(near);
                yield id(near.company());
            }
            default -> Optional.empty();
        };
    }

    private static Optional<String> id(long id) {
        return Optional.of(String.valueOf(id));
    }

    private Timestamp now() {
        return Timestamp.from(clock.instant());
    }

    public long scheme(String area, String state) {
        var content = SchemeContent.template();
        var draft = state.equals("draft");
        return jdbc.sql("""
                        insert into evaluation_scheme (area, title, basis, state, version, content, content_hash, made_at, published_at)
                        values (:area, '试行方案', '示例办法', :state, :version, cast(:content as jsonb), :hash, :now, :published)
                        returning id
                        """)
                .param("area", area)
                .param("state", state)
                .param("version", draft ? 0 : 1)
                .param("content", json.writeValueAsString(content))
                .param("hash", draft ? null : schemes.hash(content))
                .param("now", now())
                .param("published", draft ? null : now())
                .query(Long.class)
                .single();
    }

    private void free(String area, int year) {
        jdbc.sql("""
                update evaluation_campaign set state = 'cancelled', final_at = null where area = ? and year = ? and state <> 'cancelled'
                """).params(area, year).update();
    }

    /** With the garden's company, without ballots. */
    public long campaign(Town.Side near, String state) {
        return campaign(near, state, YEARS.getOrDefault(state, 2034));
    }

    private long campaign(Town.Side near, String state, int year) {
        var area = String.valueOf(near.district());
        free(area, year);
        var today = CivilTime.date(clock.instant());
        var begin = state.equals("planned") ? today.plusDays(10) : today.minusDays(state.equals("collecting") ? 1 : 20);
        var drawn = !state.equals("planned");
        var id = jdbc.sql("""
                        insert into evaluation_campaign (area, year, scheme, title, state, period_from, period_until, seed_source, framed_at, frame_hash,
                            seed, sample_hash, collect_from, collect_until, review_until, objection_from, objection_until, final_by,
                            final_at, made_at)
                        values (:area, :year, :scheme, '试着测评', :state, :from, :until, '开奖号码', :now, repeat('0', 64), :seed, :hash,
                            :begin, :begin + 9, :begin + 14, :begin + 14, :begin + 34, :begin + 44, :finalAt, :now)
                        returning id
                        """)
                .param("area", area)
                .param("year", year)
                .param("scheme", scheme(area, "published"))
                .param("state", state)
                .param("from", LocalDate.of(2026, 1, 1))
                .param("until", LocalDate.of(2200, 1, 1))
                .param("seed", drawn ? "0311" : null)
                .param("hash", drawn ? "0".repeat(64) : null)
                .param("begin", begin)
                .param("finalAt", state.equals("final") ? now() : null)
                .param("now", now())
                .query(Long.class)
                .single();
        var scheme = schemes.find(campaigns.find(id).orElseThrow().scheme()).orElseThrow();
        projects.insert(id, area, LocalDate.of(2026, 1, 1), LocalDate.of(2200, 1, 1), scheme.content());
        campaigns.framed(id, frames.seal(id));
        return id;
    }

    private long inspection(Town.Side near) {
        var campaign = campaign(near, "collecting");
        return inspection(near, campaign, 1, near.assessor().account());
    }

    public long inspection(Town.Side near, long campaign, int turn, long assessor) {
        return jdbc.sql("""
                        insert into evaluation_inspection (campaign, district, estate, turn, assessor, due_on) values (?, ?, ?, ?, ?, ?)
                        returning id
                        """)
                .params(campaign, near.district(), near.garden(), turn, assessor, CivilTime.date(clock.instant()))
                .query(Long.class)
                .single();
    }

    /** A preliminary score of the garden: everybody satisfied, everything in order, no opinion given. */
    private void computed(long campaign, Town.Side near) {
        var scheme =
                schemes.find(campaigns.find(campaign).orElseThrow().scheme()).orElseThrow();
        transaction.executeWithoutResult(status -> scores.compute(
                near.districtDesk(),
                new Period(campaign, LocalDate.of(2026, 1, 1), LocalDate.of(2200, 1, 1)),
                scheme,
                Map.of(near.garden(), votes(scheme, 40))));
    }

    public static Ballots votes(Scheme scheme, int satisfied) {
        var counts = new java.util.HashMap<Integer, Map<Character, Integer>>();
        for (int n = 1; n <= scheme.content().items(Kind.SATISFACTION).size(); n++) {
            counts.put(n, Map.of('4', satisfied));
        }
        return new Ballots(100, satisfied, counts);
    }

    long score(Town.Side near) {
        return score(near, YEARS.get("objection"));
    }

    private long score(Town.Side near, int year) {
        var campaign = campaign(near, "objection", year);
        computed(campaign, near);
        return jdbc.sql("""
                        select s.id from evaluation_score s join evaluation_project p on p.id = s.project
                        where p.campaign = ? and p.estate = ?
                        """).params(campaign, near.garden()).query(Long.class).single();
    }

    /** A campaign with published scores whose contracts say something else now; of a year of its own, which takes no other's place. */
    private long differs(Town.Side near) {
        var campaign = campaign(near, "objection", DIFFERING_YEAR);
        computed(campaign, near);
        jdbc.sql("update evaluation_project set days = days - 1 where campaign = ? and estate = ?")
                .params(campaign, near.garden())
                .update();
        return campaign;
    }

    /** What the form of its estate says was looked at. */
    private String seen(Town.Side near) {
        var campaign = campaigns
                .find(jdbc.sql("select max(id) from evaluation_campaign where area = ? and state = 'objection'")
                        .param(String.valueOf(near.district()))
                        .query(Long.class)
                        .single())
                .orElseThrow();
        var content = schemes.find(campaign.scheme()).orElseThrow().content();
        return Once.hash(projects.changes(campaign, content, near.garden()).toString())
                .substring(0, 16);
    }

    public long objection(Town.Side near) {
        var score = score(near);
        var id = jdbc.sql("""
                        insert into evaluation_objection (project, score, district, dimension, filed_by, filed_at, due_on)
                        select s.project, s.id, :district, 'INSPECTION', :by, :now, :due from evaluation_score s where s.id = :score
                        returning id
                        """)
                .param("district", near.district())
                .param("by", near.manager().account())
                .param("now", now())
                .param("due", LocalDate.of(2199, 1, 1))
                .param("score", score)
                .query(Long.class)
                .single();
        jdbc.sql("insert into evaluation_objection_words (objection, words) values (?, '那天在检修。')")
                .param(id)
                .update();
        return id;
    }

    private long decided(Town.Side near) {
        var id = objection(near);
        jdbc.sql("update evaluation_objection set state = 'refused', decided_by = ?, decided_at = ? where id = ?")
                .params(near.housingDesk().account(), now(), id)
                .update();
        jdbc.sql("update evaluation_objection_words set decision = '核对过，不成立。' where objection = ?")
                .param(id)
                .update();
        return id;
    }

    private void rated(Town.Side near) {
        var known = jdbc.sql("select exists (select from company_year where company = ? and year = 2033)")
                .param(near.company())
                .query(Boolean.class)
                .single();
        if (!known) {
            var campaign = campaign(near, "final");
            computed(campaign, near);
            var scheme = schemes.find(campaigns.find(campaign).orElseThrow().scheme())
                    .orElseThrow();
            transaction.executeWithoutResult(
                    status -> scores.conclude(near.districtDesk(), campaign, YEARS.get("final"), scheme));
        }
    }
}
