package org.hemei.evaluation.listing;

import java.time.InstantSource;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.hemei.access.Role;
import org.hemei.evaluation.Interests;
import org.hemei.platform.Reader;
import org.hemei.platform.time.CivilTime;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * On which sides somebody stands in a case, and who may not decide it: whoever works or worked for the company, or acts for
 * it, has an interest (回避, Law on Administrative Penalties art. 43).
 */
@Component
class ListingAccess {

    /** Somebody of the bureau who can be a member. */
    record Member(long account, String name, String username, boolean interested) {}

    /** More than a form can list; a bureau of a city has a few dozen. */
    static final int SHOWN = 60;

    static final int ALL = 5000;

    private final JdbcClient jdbc;
    private final Interests interests;
    private final InstantSource clock;

    ListingAccess(JdbcClient jdbc, Interests interests, InstantSource clock) {
        this.jdbc = jdbc;
        this.interests = interests;
        this.clock = clock;
    }

    /** Whether the reader looks from inside the administration that decides: the bureau and the governments above. */
    private static boolean inside(Reader reader, Listing listing) {
        return reader.scope(Role.HOUSING, Role.DISTRICT, Role.CITY).covers(listing.area);
    }

    /** Whether the reader reads what only the administration does: how each voted, the minutes. Not whoever has to withdraw. */
    boolean minutes(Reader reader, Listing listing) {
        return inside(reader, listing) && !interested(reader, listing);
    }

    /** Whether the reader is the company, or too near to it: a decision is read by them when it is served. */
    boolean interested(Reader reader, Listing listing) {
        return interests.companies(reader).contains(listing.company);
    }

    /** The reader's sides; empty for somebody to whom the case is nothing. */
    Set<Party> sides(Reader reader, Listing listing) {
        var sides = EnumSet.noneOf(Party.class);
        if (reader.scope(Role.HOUSING).covers(listing.area)) {
            sides.add(Party.BUREAU);
        }
        // a case that nobody has given notice of is not the company's yet: it may still be dropped
        if (listing.basis != null
                && Arrays.asList(reader.scope(Role.MANAGER).wholeBodies()).contains(listing.company)) {
            sides.add(Party.COMPANY);
        }
        var streets = reader.scope(Role.STREET);
        if (!streets.isEmpty() && serves(listing.company, streets.patterns())) {
            sides.add(Party.STREET);
        }
        return sides;
    }

    /** Whether the reader may look at a case at all: the sides, and the governments above. */
    boolean mayRead(Reader reader, Listing listing) {
        return inside(reader, listing) || !sides(reader, listing).isEmpty();
    }

    private boolean serves(long company, String[] patterns) {
        return jdbc.sql("""
                select exists (select from contract k join estate e on e.id = k.estate
                               where k.company = :company and k.during @> :today and e.community like any(:patterns))
                """)
                .param("company", company)
                .param("today", CivilTime.date(clock.instant()))
                .param("patterns", patterns)
                .query(Boolean.class)
                .single();
    }

    /** Those of the bureau whose grants reach the company's area; those with an interest come along, to be recorded as withdrawn. */
    List<Member> members(Listing listing, int most) {
        var interested = interested(listing.company);
        return jdbc.sql("""
                select distinct a.id, p.masked_name, coalesce(a.username, a.id || ' 号账号') as username
                from access_grant g join account a on a.id = g.account and a.disabled_at is null join person p on p.id = a.person
                where g.role = 'HOUSING' and starts_with(:area, g.area) and g.since <= :now and (g.until is null or g.until > :now)
                order by a.id limit :most
                """)
                .param("area", listing.area)
                .param("most", most)
                .param("now", java.sql.Timestamp.from(clock.instant()))
                .query((r, n) -> new Member(
                        r.getLong("id"),
                        r.getString("masked_name"),
                        r.getString("username"),
                        interested.contains(r.getLong("id"))))
                .list();
    }

    /** Those who may not decide about the company. */
    Set<Long> interested(long company) {
        return interests.accounts(company);
    }
}
