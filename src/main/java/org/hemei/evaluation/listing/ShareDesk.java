package org.hemei.evaluation.listing;

import java.sql.Timestamp;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.hemei.access.Role;
import org.hemei.platform.Missing;
import org.hemei.platform.Programs;
import org.hemei.platform.Reader;
import org.hemei.platform.Refusal;
import org.hemei.platform.log.Audit;
import org.hemei.platform.time.CivilTime;
import org.hemei.platform.web.Once;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * Hands listings on to other systems: only those in force whose basis, still valid today, allows that (domain.md §3), and
 * always with a line that says who received what. What was handed on and has ended is told as ended for a while, so that
 * whoever took it takes it out.
 */
@Service
public class ShareDesk {

    static final String NOTHING = "现在没有可以共享的：在列的里面，没有一件的依据允许共享。";

    /** Of somebody who looked with a browser: the account is on the line, their name is not. */
    private static final String OWN = "主管部门和政府自己查看";

    private static final int ENDED_DAYS = 90;
    private static final int MOST = 1000;

    private final Shares shares;
    private final Programs programs;
    private final Audit audit;
    private final JdbcClient jdbc;
    private final InstantSource clock;

    ShareDesk(Shares shares, Programs programs, Audit audit, JdbcClient jdbc, InstantSource clock) {
        this.shares = shares;
        this.programs = programs;
        this.audit = audit;
        this.jdbc = jdbc;
        this.clock = clock;
    }

    private LocalDate today() {
        return CivilTime.date(clock.instant());
    }

    /** The bureau hands what can be shared to somebody; refused where there is nothing. */
    @Transactional
    public long hand(Reader reader, String recipient, String purpose, String format) {
        var scope = Role.required(reader, Role.HOUSING);
        var items = shares.shareable(scope.patterns(), today(), MOST);
        if (items.isEmpty()) {
            throw Refusal.of(NOTHING);
        }
        return record(reader, false, recipient, purpose, format, items);
    }

    /** What a program takes with its token, or somebody of the bureau or a government with a browser. */
    @Transactional
    List<Shareable> taken(Reader reader, String format) {
        var scope = Role.required(reader, Role.HOUSING, Role.DISTRICT, Role.CITY);
        var items = shares.shareable(scope.patterns(), today(), MOST);
        if (!items.isEmpty()) {
            var program = programs.of(reader.account()).orElse(null);
            record(reader, program != null, program == null ? OWN : program.name(), "", format, items);
        }
        return items;
    }

    /** One listing, or why it is not handed on. */
    @Transactional
    Shareable one(Reader reader, long id) {
        var scope = Role.required(reader, Role.HOUSING, Role.DISTRICT, Role.CITY);
        var found = shares.shareable(scope.patterns(), today(), MOST).stream()
                .filter(one -> one.id() == id)
                .findFirst();
        if (found.isEmpty()) {
            throw Refusal.of(
                    shares.notShared(scope.patterns(), id, today()).orElseThrow(() -> new Missing("没有这件，或它不归您看。")));
        }
        var program = programs.of(reader.account()).orElse(null);
        record(reader, program != null, program == null ? OWN : program.name(), "", "json", List.of(found.get()));
        return found.get();
    }

    /** What this account received and may not use any more. */
    List<Shareable.Ended> ended(Reader reader) {
        return shares.ended(reader.account(), today(), today().minusDays(ENDED_DAYS));
    }

    private long record(
            Reader reader, boolean program, String recipient, String purpose, String format, List<Shareable> items) {
        var digest = Once.hash(items.stream()
                .map(item -> item.id() + "-" + item.version())
                .collect(Collectors.joining(",", recipient + "|" + purpose + "|", "")));
        jdbc.sql("select pg_advisory_xact_lock(hashtextextended('listing-share', ?))")
                .param(reader.account())
                .query((r, n) -> 0)
                .list();
        var now = Timestamp.from(clock.instant());
        var again = shares.again(reader.account(), format, digest, now);
        if (again != null) {
            return again;
        }
        var area = area(reader);
        var id = shares.insert(
                new Shares.Line(reader.account(), area, program, recipient, purpose, format, digest), now, items);
        audit.record(
                reader,
                ListingDesk.district(area),
                "listing.share",
                "listing_share",
                id,
                area,
                Map.of("listings", items.stream().map(Shareable::id).toList(), "format", format, "program", program));
        return id;
    }

    /** The widest area that the reader answers for: whose log the line stands in. */
    private static String area(Reader reader) {
        return reader.scope(Role.HOUSING, Role.DISTRICT, Role.CITY).areas().stream()
                .min(java.util.Comparator.comparingInt(String::length).thenComparing(area -> area))
                .orElseThrow();
    }

    /** What one hand-over held and may still be handed on. */
    List<Shareable> held(Reader reader, long share) {
        var scope = Role.required(reader, Role.HOUSING);
        var ids = shares.items(share);
        return shares.shareable(scope.patterns(), today(), MOST).stream()
                .filter(one -> ids.contains(one.id()))
                .toList();
    }

    /** @param after id of the last line of the page before; null for the first page */
    List<Shares.Logged> log(Reader reader, @Nullable Long after) {
        return shares.log(reader.scope(Role.HOUSING, Role.DISTRICT, Role.CITY).patterns(), after);
    }
}
