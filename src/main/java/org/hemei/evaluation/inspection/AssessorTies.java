package org.hemei.evaluation.inspection;

import java.sql.Timestamp;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import org.hemei.evaluation.campaign.Campaign;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** 利益冲突: which assessor is tied to which company, for the time of one campaign. */
@Repository
public class AssessorTies {

    /** How somebody is tied to a company. */
    public enum Kind {
        EMPLOYED("在那里上班或上过班"),
        FAMILY("有家人在那里"),
        OWNER("有股份"),
        BUSINESS("有生意来往"),
        OTHER("别的");

        private final String words;

        Kind(String words) {
            this.words = words;
        }

        public String words() {
            return words;
        }

        public String code() {
            return name().toLowerCase(Locale.ROOT);
        }

        static Optional<Kind> of(String code) {
            return Arrays.stream(values())
                    .filter(one -> one.code().equals(code))
                    .findFirst();
        }
    }

    /** An assessor of a campaign. @param open estates still to be seen; done: seen */
    public record Assessor(long account, String name, int open, int done) {}

    public record Company(long id, String name, String shortName, String code) {

        boolean called(String written) {
            return List.of(name, shortName, code, String.valueOf(id)).contains(written);
        }
    }

    /**
     * A tie as it was written down.
     *
     * @param found whether somebody else found it; by: masked name of who wrote it down, null where the register says it
     * @param answerBy until when the assessor can answer what was found after the scores were public; null where nobody is asked
     * @param received on which day the answer came on paper; null where it was written here
     * @param finder the account of who wrote it down; 0 where the register says it; entrant: who entered that paper; 0 where nobody did
     * @param said what the assessor wrote here after a paper was entered
     * @param struck whether what they saw counts no longer; null until somebody decided; settled: why, for the assessor
     */
    public record Tie(
            long campaign,
            long account,
            long companyId,
            String assessor,
            String company,
            Kind kind,
            boolean found,
            String why,
            @Nullable String by,
            Instant at,
            String basis,
            @Nullable LocalDate answerBy,
            String answer,
            @Nullable LocalDate received,
            long finder,
            long entrant,
            String said,
            @Nullable Boolean struck,
            String settled) {

        /** Whether it is to be decided. */
        public boolean open() {
            return answerBy != null && struck == null;
        }

        /** Whether nothing was answered yet, here or on paper. */
        public boolean answers() {
            return open() && answer.isEmpty();
        }

        /** Whether the assessor can still say something here: a paper that others entered takes nobody's own word. */
        public boolean speaks() {
            return answers() || open() && received != null && said.isEmpty();
        }

        /** Whether it can be decided: the assessor was heard, or had the time. */
        public boolean ripe(LocalDate today) {
            return open() && (!answer.isEmpty() || today.isAfter(Objects.requireNonNull(answerBy)));
        }

        /** What the assessor had said when it was read: whoever decides has to have read all of it. */
        public String read() {
            return answer.length() + "-" + said.length();
        }

        /** What its documents belong to. */
        public String owner() {
            return campaign + "-" + account + "-" + companyId;
        }
    }

    /** Looks that went from one assessor to others. @param by masked name of who decided it */
    public record Handover(
            String assessor,
            int given,
            String why,
            @Nullable String by,
            Instant at) {}

    private static final String SELECT = """
            select x.campaign, x.assessor as account, x.company as company_id, p.masked_name as assessor, b.short_name as company, x.kind,
                   x.found, x.why, q.masked_name as by, x.declared_at, x.basis, x.answer_by, x.answer, x.received_on,
                   coalesce(x.declared_by, 0) as finder, coalesce(x.answered_by, 0) as entrant, x.said, x.struck, x.settled_why
            from evaluation_conflict x
                     join body b on b.id = x.company
                     join evaluation_campaign c on c.id = x.campaign
                     join account a on a.id = x.assessor join person p on p.id = a.person
                     left join account d on d.id = x.declared_by left join person q on q.id = d.person
            """;

    /** The projects in which an assessor can still say that they are tied. */
    private static final String OPEN = """
            from evaluation_project p
                     join evaluation_campaign c on c.id = p.campaign
                     join body b on b.id = p.company
                     join company f on f.body = b.id
                     join estate e on e.id = p.estate
            where c.state in ('planned', 'drawn', 'sealed', 'collecting', 'review') and e.community like any(:areas)
              and not exists (select from evaluation_conflict x where x.campaign = p.campaign
                              and x.assessor = :me and x.company = p.company)
            """;

    /** Said where a company that was written is none of them. */
    static final String WHICH = "请从列出来的里选一家，或写信用代码。列不出来的，这次测评不评它。";

    private final JdbcClient jdbc;

    AssessorTies(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Whether an account is, or was, asked about a tie of its own. */
    boolean asked(long account) {
        return jdbc.sql("select exists (select from evaluation_conflict where assessor = ? and answer_by is not null)")
                .param(account)
                .query(Boolean.class)
                .single();
    }

    /** The companies evaluated where the assessor works, in campaigns in which others can still take over. */
    List<Company> choices(long assessor, String[] areas) {
        return jdbc.sql("select distinct b.id, b.name, b.short_name, f.credit_code as code " + OPEN
                        + "order by b.name, b.id limit 1000")
                .param("areas", areas)
                .param("me", assessor)
                .query(Company.class)
                .list();
    }

    /** In which of them a company is evaluated, in order. */
    List<Long> campaigns(long assessor, String[] areas, long company) {
        return jdbc.sql("select distinct p.campaign " + OPEN + "and p.company = :company order by p.campaign")
                .param("areas", areas)
                .param("me", assessor)
                .param("company", company)
                .query(Long.class)
                .list();
    }

    /** The companies of a campaign. */
    List<Company> companies(long campaign) {
        return jdbc.sql("""
                        select distinct b.id, b.name, b.short_name, c.credit_code as code
                        from evaluation_project p join body b on b.id = p.company join company c on c.body = b.id
                        where p.campaign = ? order by b.name, b.id limit 1000
                        """).param(campaign).query(Company.class).list();
    }

    /** The company of a campaign that somebody wrote: its name, short or whole, its credit code or its id; 0 where it is none, or several. */
    long company(long campaign, String written) {
        return meant(companies(campaign), written);
    }

    static long meant(List<Company> companies, String written) {
        var meant = companies.stream().filter(one -> one.called(written)).toList();
        return meant.size() == 1 ? meant.getFirst().id : 0;
    }

    /** Who inspects in a campaign, or could be given estates of it. */
    List<Assessor> assessors(Campaign campaign, Instant now) {
        return jdbc.sql("""
                        select a.id as account, p.masked_name as name,
                               count(*) filter (where i.state = 'open') as open, count(*) filter (where i.state = 'done') as done
                        from account a
                                 join person p on p.id = a.person
                                 left join evaluation_inspection i on i.assessor = a.id and i.campaign = :campaign
                        where i.id is not null and i.state <> 'replaced'
                           or exists (select from access_grant g
                                      where g.account = a.id and g.role = 'ASSESSOR'
                                        and (g.area like :area || '%' or :area like g.area || '%')
                                        and g.since <= :now and (g.until is null or g.until > :now))
                        group by a.id, p.masked_name order by p.masked_name, a.id
                        """)
                .param("campaign", campaign.id())
                .param("area", campaign.area())
                .param("now", Timestamp.from(now))
                .query(Assessor.class)
                .list();
    }

    /** Who was replaced in a campaign since they could not look, the newest first. */
    List<Handover> handovers(long campaign) {
        return jdbc.sql("""
                        select p.masked_name as assessor, h.given, h.why, q.masked_name as by, h.done_at
                        from evaluation_handover h
                                 join account a on a.id = h.assessor join person p on p.id = a.person
                                 join account d on d.id = h.done_by left join person q on q.id = d.person
                        where h.campaign = ? order by h.id desc limit 200
                        """)
                .param(campaign)
                .query((r, n) -> new Handover(
                        r.getString("assessor"),
                        r.getInt("given"),
                        r.getString("why"),
                        r.getString("by"),
                        r.getTimestamp("done_at").toInstant()))
                .list();
    }

    void handed(long campaign, long assessor, int given, String why, long by, Instant now) {
        jdbc.sql("""
                        insert into evaluation_handover (campaign, assessor, given, why, done_by, done_at)
                        values (?, ?, ?, ?, ?, ?)
                        """)
                .params(campaign, assessor, given, why, by, Timestamp.from(now))
                .update();
    }

    /** All of a campaign, the newest first. */
    List<Tie> of(long campaign) {
        return jdbc.sql(SELECT + "where x.campaign = ? order by x.declared_at desc, x.assessor, x.company")
                .param(campaign)
                .query(AssessorTies::tie)
                .list();
    }

    /** What an assessor said of themselves, or others found, in campaigns that run; and what they were, or are, to answer. */
    List<Tie> mine(long assessor) {
        return jdbc.sql(SELECT + """
                        where x.assessor = ? and (c.state not in ('final', 'cancelled') or x.answer_by is not null) order by b.short_name, x.campaign
                        """).param(assessor).query(AssessorTies::tie).list();
    }

    private static Tie tie(java.sql.ResultSet r, int n) throws java.sql.SQLException {
        return new Tie(
                r.getLong("campaign"),
                r.getLong("account"),
                r.getLong("company_id"),
                r.getString("assessor"),
                r.getString("company"),
                Kind.of(r.getString("kind")).orElseThrow(),
                r.getBoolean("found"),
                r.getString("why"),
                r.getString("by"),
                r.getTimestamp("declared_at").toInstant(),
                r.getString("basis"),
                r.getObject("answer_by", LocalDate.class),
                r.getString("answer"),
                r.getObject("received_on", LocalDate.class),
                r.getLong("finder"),
                r.getLong("entrant"),
                r.getString("said"),
                r.getObject("struck", Boolean.class),
                r.getString("settled_why"));
    }

    /** @return false when this was known already */
    boolean insert(
            long campaign, long assessor, long company, Kind kind, boolean found, String why, long by, Instant now) {
        return jdbc.sql("""
                        insert into evaluation_conflict (campaign, assessor, company, kind, found, why, declared_by, declared_at)
                        values (:campaign, :assessor, :company, :kind, :found, :why, :by, :now) on conflict do nothing
                        """)
                        .param("campaign", campaign)
                        .param("assessor", assessor)
                        .param("company", company)
                        .param("kind", kind.code())
                        .param("found", found)
                        .param("why", why)
                        .param("by", by)
                        .param("now", Timestamp.from(now))
                        .update()
                == 1;
    }

    Optional<Tie> find(long campaign, long assessor, long company) {
        return jdbc.sql(SELECT + "where x.campaign = ? and x.assessor = ? and x.company = ? for update of x")
                .params(campaign, assessor, company)
                .query(AssessorTies::tie)
                .optional();
    }

    /** What was found is to be answered first. */
    void ask(Tie tie, String basis, LocalDate by) {
        jdbc.sql(
                        "update evaluation_conflict set basis = ?, answer_by = ? where campaign = ? and assessor = ? and company = ?")
                .params(basis, by, tie.campaign, tie.account, tie.companyId)
                .update();
    }

    void answer(Tie tie, String words, Instant now) {
        jdbc.sql(
                        "update evaluation_conflict set answer = ?, answered_at = ? where campaign = ? and assessor = ? and company = ?")
                .params(words, Timestamp.from(now), tie.campaign, tie.account, tie.companyId)
                .update();
    }

    /** What the assessor writes after a paper was entered in their name. */
    void say(Tie tie, String words, Instant now) {
        jdbc.sql(
                        "update evaluation_conflict set said = ?, said_at = ? where campaign = ? and assessor = ? and company = ?")
                .params(words, Timestamp.from(now), tie.campaign, tie.account, tie.companyId)
                .update();
    }

    /** What came on paper. */
    void entered(Tie tie, String words, LocalDate received, long by, Instant now) {
        answer(tie, words, now);
        jdbc.sql(
                        "update evaluation_conflict set received_on = ?, answered_by = ? where campaign = ? and assessor = ? and company = ?")
                .params(received, by, tie.campaign, tie.account, tie.companyId)
                .update();
    }

    void settle(Tie tie, boolean struck, String why, long by, Instant now) {
        jdbc.sql("""
                update evaluation_conflict set struck = ?, settled_why = ?, settled_by = ?, settled_at = ?
                where campaign = ? and assessor = ? and company = ?
                """)
                .params(struck, why, by, Timestamp.from(now), tie.campaign, tie.account, tie.companyId)
                .update();
    }
}
