package org.hemei.evaluation;

import java.sql.Timestamp;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.Collection;
import java.util.HashSet;
import java.util.Set;
import org.hemei.platform.Reader;
import org.hemei.platform.time.CivilTime;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * 回避: who is too near to a company to say or decide anything about it. Whoever holds a post with it or one of its branches, acts for
 * it, or did so in the last three years: to score its estates, handle their ballots, look at them, answer its objections, right its
 * scores or decide its listing is for others (after the Law on Administrative Penalties, art. 43). Ties that nobody recorded here are
 * declared for each campaign, see {@link org.hemei.evaluation.inspection.AssessorTies}.
 */
@Component
public class Interests {

    /** What somebody hears who has to leave it to others. */
    public static final String WORDS = "您在这家企业任职、替它办事，或者三年里有过，要回避。请换一位同事办。";

    /** An account and a company that it is tied to. */
    public record Tie(long account, long company) {}

    private static final int YEARS_APART = 3;

    /** A branch's people are its company's. */
    private static final String TIES = """
            select a.id as account, coalesce(b.company, b.id) as company
            from account a join appointment p on p.person = a.person join body b on b.id = p.body
            where b.kind in ('company', 'company_branch') and p.during && daterange(:since, null)
            union
            select g.account, coalesce(b.company, b.id)
            from access_grant g join body b on b.id = g.body
            where b.kind in ('company', 'company_branch') and (g.until is null or g.until > :sinceAt)
            """;

    private final JdbcClient jdbc;
    private final InstantSource clock;

    Interests(JdbcClient jdbc, InstantSource clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /** The companies that somebody is tied to; of most people none. */
    public Set<Long> companies(Reader reader) {
        return reader.signedIn() ? companies(reader.account()) : Set.of();
    }

    private Set<Long> companies(long account) {
        return new HashSet<>(asked("select t.company from (" + TIES + ") t where t.account = :account")
                .param("account", account)
                .query(Long.class)
                .list());
    }

    /** The accounts that are tied to a company. */
    public Set<Long> accounts(long company) {
        return new HashSet<>(asked("select t.account from (" + TIES + ") t where t.company = :company")
                .param("company", company)
                .query(Long.class)
                .list());
    }

    /** The accounts for which {@link #at} holds. */
    public Set<Long> accounts(long campaign, long estate) {
        return new HashSet<>(asked("select t.account from (" + TIES + """
                        ) t where t.company in (select unnest(bodies) from evaluation_project where campaign = :campaign and estate = :estate)
                        """)
                .param("campaign", campaign)
                .param("estate", estate)
                .query(Long.class)
                .list());
    }

    /** Those among some accounts who are tied to a company of a campaign, or to one that merged into it. */
    public Collection<Tie> of(long campaign, Collection<Long> accounts) {
        return asked("select distinct t.account, p.company from (" + TIES + """
                        ) t join evaluation_project p on p.campaign = :campaign and t.company = any(p.bodies)
                        where t.account = any(:accounts)
                        """)
                .param("campaign", campaign)
                .param("accounts", accounts.toArray(Long[]::new))
                .query(Tie.class)
                .list();
    }

    /** Whether somebody is tied to a company that is evaluated at an estate in a campaign, or to one that merged into it. */
    public boolean at(Reader reader, long campaign, long estate) {
        var companies = companies(reader);
        return !companies.isEmpty()
                && jdbc.sql("""
                                select exists (select from evaluation_project
                                               where campaign = :campaign and estate = :estate and bodies && :companies)
                                """)
                        .param("campaign", campaign)
                        .param("estate", estate)
                        .param("companies", companies.toArray(Long[]::new))
                        .query(Boolean.class)
                        .single();
    }

    private JdbcClient.StatementSpec asked(String sql) {
        LocalDate since = CivilTime.date(clock.instant()).minusYears(YEARS_APART);
        return jdbc.sql(sql).param("since", since).param("sinceAt", Timestamp.from(CivilTime.startOf(since)));
    }
}
