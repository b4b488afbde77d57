package org.hemei.registry;

import java.time.InstantSource;
import java.time.LocalDate;
import java.util.List;
import org.hemei.platform.Reader;
import org.hemei.platform.time.CivilTime;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Who is an organisation's own staff (decision 64): whoever is its secretary, deputy, committee member or group leader today. A duty
 * over the area makes nobody that, whatever its name; nor does an office that one had the last word on oneself, through whichever
 * account, or of which nobody knows who had it. What no verb ever wrote came with the city and was given.
 */
@Component
public class PartyOffices {

    private static final String DUTIES = "('head', 'deputy', 'member')";

    /**
     * Whether somebody else than its holder had the last word on appointment a. What follows from its body (a founding day put right, a
     * body restored) is no word on who is in office.
     */
    private static final String GIVEN = """
            coalesce((select coalesce(w.person <> a.person, false)
                      from appointment_change c left join account w on w.id = c.account
                      where c.appointment = a.id and c.verb in ('appointed', 'corrected') and c.detail -> 'body' is null
                      order by c.id desc limit 1), true)
            """;

    /** @param given by somebody else; only then its holder keeps the list */
    public record Own(long id, String name, String posts, boolean given) {}

    private final JdbcClient jdbc;
    private final InstantSource clock;

    PartyOffices(JdbcClient jdbc, InstantSource clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /** The organisations that the reader is in office at today. */
    public List<Own> of(Reader reader) {
        if (!reader.signedIn()) {
            return List.of();
        }
        return jdbc.sql("""
                        select b.id, b.name, string_agg(distinct a.post, '、') as posts,
                               bool_or(%s) as given
                        from appointment a
                                 join post p on p.name = a.post and p.duty in %s
                                 join body b on b.id = a.body and b.kind = 'party_organisation'
                        where a.person = :person and a.during @> cast(:on as date)
                        group by b.id, b.name order by b.name, b.id
                        """.formatted(GIVEN, DUTIES))
                .param("person", reader.person())
                .param("on", today())
                .query(Own.class)
                .list();
    }

    public boolean holds(Reader reader, long organisation) {
        return of(reader).stream().anyMatch(own -> own.id == organisation && own.given);
    }

    /** In office, but by their own hand. */
    public boolean onlyByOwnHand(Reader reader, long organisation) {
        return of(reader).stream().anyMatch(own -> own.id == organisation && !own.given);
    }

    /** Whether anybody keeps its list. */
    public boolean led(long organisation) {
        return jdbc.sql("select " + led(":organisation", ":day"))
                .param("organisation", organisation)
                .param("day", today())
                .query(Boolean.class)
                .single();
    }

    /** The same as a condition in SQL, of a body and a day. */
    public static String led(String body, String day) {
        return """
                exists (select from appointment a join post p on p.name = a.post and p.duty in %s
                        where a.body = %s and a.during @> cast(%s as date) and %s)
                """.formatted(DUTIES, body, day, GIVEN);
    }

    /** The accounts of those who keep its list, to tell them. */
    public List<Long> accounts(long organisation) {
        return jdbc.sql("""
                        select distinct h.id
                        from appointment a join post p on p.name = a.post and p.duty in %s
                                 join account h on h.person = a.person and h.disabled_at is null
                        where a.body = ? and a.during @> ? and %s order by h.id
                        """.formatted(DUTIES, GIVEN))
                .params(organisation, today())
                .query(Long.class)
                .list();
    }

    private LocalDate today() {
        return CivilTime.date(clock.instant());
    }
}
