package org.hemei.evaluation.objection;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.hemei.evaluation.inspection.Inspection;
import org.hemei.evaluation.scheme.SchemeContent.Kind;
import org.hemei.evaluation.score.Scores.Score;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Corrections that one keeper asked for and another decides, as they are kept. What was never agreed to stays with those who run the campaign. */
@Repository
public class AskedCorrections {

    /** What its documents belong to: the correction and the project, since each company of an estate has its own. */
    static final String KIND = "evaluation_correction";

    /**
     * One that waits for another.
     *
     * @param score the version that was looked at
     * @param by masked name of who asked; asker: the account
     */
    public record Asked(
            long id,
            long project,
            long score,
            Kind part,
            String item,
            String value,
            String basis,
            String why,
            long asker,
            String by,
            Instant at) {

        String owner(long project) {
            return id + "-" + project;
        }

        /** What the item becomes, for people; of ballots the item says it. */
        public String becomes() {
            return switch (part) {
                case SATISFACTION -> "";
                case INSPECTION ->
                    Inspection.Level.valueOf(value.toUpperCase(Locale.ROOT)).words();
                case TERRITORY -> " " + value;
                case CASES -> {
                    var counts = value.split("/", -1);
                    yield " " + counts[0] + " 件工单，确认办好的 " + counts[1] + " 件，一次办好的 " + counts[2] + " 件";
                }
            };
        }
    }

    /**
     * What became of one.
     *
     * @param words why another did not agree
     * @param by masked name of who did it, did not agree, or took it back
     */
    public record Settled(Asked asked, String state, String words, String by, Instant at) {}

    /** One of a campaign. */
    public record Open(long score, String estate, long companyId, String company) {

        public String path() {
            return "/scores/" + score + "/correction";
        }
    }

    private final JdbcClient jdbc;

    AskedCorrections(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** The one of a project that waits; whoever asks for it in a transaction holds it. */
    Optional<Asked> open(long project) {
        return jdbc.sql("""
                        select x.id, x.project, x.score, x.part, x.item, x.value, x.basis, x.why, x.asked_by, p.masked_name, x.asked_at
                        from evaluation_correction x join account a on a.id = x.asked_by join person p on p.id = a.person
                        where x.project = ? and x.state = 'asked' for update of x
                        """).param(project).query(AskedCorrections::asked).optional();
    }

    /** The newest of a project that somebody settled: whoever asked reads why another did not agree. */
    Optional<Settled> last(long project) {
        return jdbc.sql("""
                        select x.id, x.project, x.score, x.part, x.item, x.value, x.basis, x.why, x.asked_by, p.masked_name, x.asked_at,
                               x.state, x.words, q.masked_name as settler, x.settled_at
                        from evaluation_correction x join account a on a.id = x.asked_by join person p on p.id = a.person
                                 join account b on b.id = x.settled_by join person q on q.id = b.person
                        where x.project = ? and x.state <> 'asked' order by x.settled_at desc, x.id desc limit 1
                        """)
                .param(project)
                .query((r, n) -> new Settled(
                        asked(r, n),
                        r.getString("state"),
                        r.getString("words"),
                        r.getString("settler"),
                        r.getTimestamp("settled_at").toInstant()))
                .optional();
    }

    /** Those of a campaign that wait. */
    public List<Open> ofCampaign(long campaign) {
        return jdbc.sql("""
                        select x.score, e.name as estate, p.company as company_id, b.short_name as company
                        from evaluation_correction x join evaluation_project p on p.id = x.project
                                 join estate e on e.id = p.estate join body b on b.id = p.company
                        where p.campaign = ? and x.state = 'asked' order by x.id limit 200
                        """).param(campaign).query(Open.class).list();
    }

    long insert(Score score, CorrectionDesk.Wanted wanted, long by, Instant now) {
        return jdbc.sql("""
                        insert into evaluation_correction (project, score, part, item, value, basis, why, asked_by, asked_at)
                        values (:project, :score, :part, :item, :value, :basis, :why, :by, :now) returning id
                        """)
                .param("project", score.project())
                .param("score", score.id())
                .param("part", wanted.part().name())
                .param("item", wanted.item())
                .param("value", wanted.value())
                .param("basis", wanted.basis().strip())
                .param("why", wanted.why().strip())
                .param("by", by)
                .param("now", Timestamp.from(now))
                .query(Long.class)
                .single();
    }

    /** @param made the versions that came of it; none where another did not agree, or who asked took it back */
    void settle(long id, String state, String words, List<Score> made, long by, Instant now) {
        jdbc.sql("""
                update evaluation_correction set state = :state, words = :words, made = :made, settled_by = :by, settled_at = :now where id = :id
                """)
                .param("state", state)
                .param("words", words)
                .param("made", made.stream().map(Score::id).toArray(Long[]::new))
                .param("by", by)
                .param("now", Timestamp.from(now))
                .param("id", id)
                .update();
    }

    /** What the documents of a version belong to that came of one. */
    public Optional<String> owner(Score score) {
        return jdbc.sql("select id from evaluation_correction where ? = any(made)")
                .param(score.id())
                .query(Long.class)
                .optional()
                .map(id -> id + "-" + score.project());
    }

    /** Whether it was done. */
    boolean done(long id) {
        return jdbc.sql("select exists (select from evaluation_correction where id = ? and state = 'done')")
                .param(id)
                .query(Boolean.class)
                .single();
    }

    private static Asked asked(ResultSet r, int n) throws SQLException {
        return new Asked(
                r.getLong("id"),
                r.getLong("project"),
                r.getLong("score"),
                Kind.valueOf(r.getString("part")),
                r.getString("item"),
                r.getString("value"),
                r.getString("basis"),
                r.getString("why"),
                r.getLong("asked_by"),
                r.getString("masked_name"),
                r.getTimestamp("asked_at").toInstant());
    }
}
