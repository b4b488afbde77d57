package org.hemei.evaluation.listing;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.hemei.platform.Reader;
import org.hemei.platform.time.CivilTime;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Cases of the blacklist as they are kept; their history is appended and never changed. */
@Repository
class Listings {

    private static final String DECLINE_ASKED =
            "(select max(d.actor) from listing_step d where d.listing = l.id and d.verb = 'ask_decline')";

    private static final String OVERTURN_ASKED =
            "(select d.actor from listing_step d where d.listing = l.id and d.verb = 'ask_overturn' and not exists (select from listing_step e"
                    + " where e.listing = l.id and e.verb = 'deny_overturn' and e.seq > d.seq) order by d.seq desc limit 1)";

    private static final String SELECT = "select l.*, " + VoteBook.CONTESTED + " as contested, " + DECLINE_ASKED
            + " as decline_asked, " + OVERTURN_ASKED + " as overturn_asked from listing l ";

    private final JdbcClient jdbc;
    private final VoteBook votes;
    private final InstantSource clock;

    Listings(JdbcClient jdbc, VoteBook votes, InstantSource clock) {
        this.jdbc = jdbc;
        this.votes = votes;
        this.clock = clock;
    }

    Optional<Listing> find(long id) {
        return jdbc.sql(SELECT + "where l.id = ?")
                .param(id)
                .query(Listings::read)
                .optional();
    }

    Optional<Listing> lock(long id) {
        var listing = jdbc.sql(SELECT + "where l.id = ? for update of l")
                .param(id)
                .query(Listings::read)
                .optional();
        // whoever waited for the lock saw the votes as they were before: a member may have contested theirs meanwhile
        listing.ifPresent(locked -> locked.contested = votes.contested(id));
        return listing;
    }

    /** All cases of a company, locked, the earlier first. */
    List<Listing> lockOf(long company) {
        return jdbc.sql(SELECT + "where l.company = ? order by l.id for update of l")
                .param(company)
                .query(Listings::read)
                .list();
    }

    /** Makes a case and writes its first step. */
    long insert(long company, String area, Ground ground, Instant now, Instant notifyDue) {
        long id = jdbc.sql("""
                insert into listing (company, area, first_year, first_version, second_year, second_version, first_seen, second_seen, state,
                                     proposed_at, due_at, notice_due)
                values (:company, :area, :first, :firstVersion, :second, :secondVersion, :firstVersion, :secondVersion, 'proposed', :at, :due,
                        :due)
                returning id
                """)
                .param("company", company)
                .param("area", area)
                .param("first", ground.firstYear())
                .param("firstVersion", ground.firstVersion())
                .param("second", ground.secondYear())
                .param("secondVersion", ground.secondVersion())
                .param("at", Timestamp.from(now))
                .param("due", Timestamp.from(notifyDue))
                .query(Long.class)
                .single();
        step(
                id,
                new Listing.Step(0, ListingVerb.PROPOSE, ListingState.PROPOSED, ListingState.PROPOSED),
                Party.EXAMINATION,
                null,
                "");
        return id;
    }

    /** The case as a verb left it, with the step that did it. */
    void save(Listing listing, Listing.Step step, Party party, @Nullable Reader reader, String words) {
        var term = listing.term;
        jdbc.sql("""
                update listing
                set version = :version, state = :state, weight = :weight, basis = :basis, least_months = :least, most_months = :most,
                    term_basis = :termBasis, due_at = :due, deliver_due = :deliverDue, decide_due = :decideDue, serve_due = :serveDue, decided_on = :decidedOn, listed_on = :listedOn,
                    least_last = :leastLast, most_last = :mostLast, ended_on = :endedOn, object_until = :objectUntil,
                    objection = :objection, mended = :mended, answer_due = :answerDue, frees = :frees, noticed_on = :noticedOn, heard_until = :heardUntil, appeal = :appeal, suspended = :suspended,
                    first_version = :first, second_version = :second, first_seen = :firstSeen, second_seen = :secondSeen
                where id = :id
                """)
                .param("version", listing.version)
                .param("state", listing.state.code())
                .param("weight", listing.weight == null ? null : listing.weight.code())
                .param("basis", listing.basis)
                .param("least", term == null ? null : term.least())
                .param("most", term == null ? null : term.most())
                .param("termBasis", term == null ? null : term.basis())
                .param("due", stamp(listing.dueAt))
                .param("decideDue", stamp(listing.decideDue))
                .param("serveDue", stamp(listing.serveDue))
                .param("deliverDue", stamp(listing.deliverDue))
                .param("decidedOn", listing.decidedOn)
                .param("listedOn", listing.listedOn)
                .param("leastLast", listing.leastLast)
                .param("mostLast", listing.mostLast)
                .param("endedOn", listing.endedOn)
                .param("objectUntil", stamp(listing.objectUntil))
                .param("objection", listing.objection.name().toLowerCase(java.util.Locale.ROOT))
                .param("mended", listing.mended)
                .param("frees", listing.frees)
                .param("noticedOn", listing.noticedOn)
                .param("appeal", listing.appeal.code())
                .param("suspended", listing.suspended)
                .param("heardUntil", stamp(listing.heardUntil))
                .param("first", listing.ground.firstVersion())
                .param("second", listing.ground.secondVersion())
                .param("firstSeen", listing.seen.firstVersion())
                .param("secondSeen", listing.seen.secondVersion())
                .param("answerDue", stamp(listing.answerDue))
                .param("id", listing.id)
                .update();
        step(listing.id, step, party, reader, words);
    }

    private void step(long id, Listing.Step step, Party party, @Nullable Reader reader, String words) {
        jdbc.sql("""
                insert into listing_step (listing, seq, at, verb, from_state, to_state, party, actor)
                values (:listing, :seq, :at, :verb, :from, :to, :party, :actor)
                """)
                .param("listing", id)
                .param("seq", step.seq())
                .param("at", Timestamp.from(clock.instant()))
                .param("verb", step.verb().code())
                .param("from", step.seq() == 0 ? null : step.from().code())
                .param("to", step.to().code())
                .param("party", party.name().toLowerCase(java.util.Locale.ROOT))
                .param("actor", reader == null || !reader.signedIn() ? null : reader.account())
                .update();
        if (!words.isBlank()) {
            jdbc.sql("insert into listing_words (listing, seq, words) values (?, ?, ?)")
                    .params(id, step.seq(), words)
                    .update();
        }
    }

    /** A step was taken on paper, which arrived that day. */
    void received(long id, int seq, LocalDate day) {
        jdbc.sql("insert into listing_received (listing, seq, received_on) values (?, ?, ?)")
                .params(id, seq, day)
                .update();
    }

    /** When the paper arrived with which a verb was last done; null where it was done otherwise. */
    @Nullable
    LocalDate receivedOn(long id, ListingVerb verb) {
        return jdbc.sql("""
                select p.received_on from listing_step s left join listing_received p on p.listing = s.listing and p.seq = s.seq
                where s.listing = ? and s.verb = ? order by s.seq desc limit 1
                """)
                .params(id, verb.code())
                .query((r, n) -> Optional.ofNullable(r.getObject("received_on", LocalDate.class)))
                .optional()
                .flatMap(day -> day)
                .orElse(null);
    }

    /** Who did a verb last; null when nobody did, or no person. */
    @Nullable
    Long actor(long id, ListingVerb verb) {
        return jdbc.sql("select actor from listing_step where listing = ? and verb = ? order by seq desc limit 1")
                .params(id, verb.code())
                .query((r, n) -> Optional.ofNullable(r.getObject("actor", Long.class)))
                .optional()
                .flatMap(actor -> actor)
                .orElse(null);
    }

    /**
     * Whether a step is a decision, or a thought of giving no notice or of a correction that nobody agreed to: what came with it is read
     * inside the administration only. A correction is agreed to where the bureau revoked it for that, and the last that was asked for.
     */
    boolean minutes(long id, int seq) {
        return jdbc.sql("""
                select exists (select from listing_step s join listing l on l.id = s.listing where s.listing = ? and s.seq = ?
                               and (s.verb in ('list', 'spare', 'ask_decline', 'deny_overturn') or s.verb = 'ask_overturn' and not exists (
                                   select from listing_step r join listing_words w on w.listing = r.listing and w.seq = r.seq
                                   where r.listing = l.id and r.verb = 'revoke' and r.party = 'bureau' and starts_with(w.words, ?)
                                     and s.seq = (select max(a.seq) from listing_step a where a.listing = l.id and a.verb = 'ask_overturn'))))
                """)
                .params(id, seq, OverturnDesk.Cause.SELF.beginning())
                .query(Boolean.class)
                .single();
    }

    /** When a verb was last done; it was. */
    Instant at(long id, ListingVerb verb) {
        return jdbc.sql("select max(at) from listing_step where listing = ? and verb = ?")
                .params(id, verb.code())
                .query(Timestamp.class)
                .single()
                .toInstant();
    }

    /** When and as what the last step was done, for whoever comes too late. */
    record Last(Instant at, ListingVerb verb, Party party) {}

    Last last(long id) {
        return jdbc.sql("select at, verb, party from listing_step where listing = ? order by seq desc limit 1")
                .param(id)
                .query((r, n) -> new Last(
                        r.getTimestamp("at").toInstant(),
                        ListingVerb.of(r.getString("verb")),
                        Party.valueOf(r.getString("party").toUpperCase(java.util.Locale.ROOT))))
                .single();
    }

    /** Cases whose defence is over, or whose last day of publication has passed. */
    List<Long> due(Instant now) {
        return jdbc.sql("""
                select id from listing
                where state = 'noticed' and noticed_on is not null and due_at < :now
                   or state in (%s) and most_last < :today
                order by id limit 500
                """.formatted(ListingState.IN_FORCE_SQL))
                .param("now", Timestamp.from(now))
                .param("today", CivilTime.date(now))
                .query(Long.class)
                .list();
    }

    static Listing read(ResultSet r, int n) throws SQLException {
        var listing = new Listing(
                r.getLong("id"),
                r.getLong("company"),
                r.getString("area"),
                new Ground(
                        r.getInt("first_year"),
                        r.getInt("first_version"),
                        r.getInt("second_year"),
                        r.getInt("second_version")),
                r.getInt("version"),
                ListingState.of(r.getString("state")));
        listing.seen = new Ground(
                listing.ground.firstYear(),
                r.getInt("first_seen"),
                listing.ground.secondYear(),
                r.getInt("second_seen"));
        listing.frees = r.getBoolean("frees");
        listing.noticedOn = r.getObject("noticed_on", LocalDate.class);
        listing.heardUntil = instant(r, "heard_until");
        listing.appeal = Appeal.of(r.getString("appeal"));
        listing.suspended = r.getBoolean("suspended");
        listing.contested = r.getBoolean("contested");
        listing.declineAsked = r.getObject("decline_asked", Long.class);
        listing.overturnAsked = r.getObject("overturn_asked", Long.class);
        var weight = r.getString("weight");
        listing.weight = weight == null ? null : Weight.of(weight);
        listing.basis = r.getObject("basis", Long.class);
        var least = r.getObject("least_months", Integer.class);
        listing.term =
                least == null ? null : new Weight.Term(least, r.getInt("most_months"), r.getString("term_basis"));
        listing.dueAt = instant(r, "due_at");
        listing.decideDue = instant(r, "decide_due");
        listing.serveDue = instant(r, "serve_due");
        listing.deliverDue = instant(r, "deliver_due");
        listing.decidedOn = r.getObject("decided_on", LocalDate.class);
        listing.listedOn = r.getObject("listed_on", LocalDate.class);
        listing.leastLast = r.getObject("least_last", LocalDate.class);
        listing.mostLast = r.getObject("most_last", LocalDate.class);
        listing.endedOn = r.getObject("ended_on", LocalDate.class);
        listing.objectUntil = instant(r, "object_until");
        listing.objection = Listing.Objection.valueOf(r.getString("objection").toUpperCase(java.util.Locale.ROOT));
        listing.answerDue = instant(r, "answer_due");
        listing.mended = (Boolean) r.getObject("mended");
        return listing;
    }

    static @Nullable Instant instant(ResultSet r, String column) throws SQLException {
        var at = r.getTimestamp(column);
        return at == null ? null : at.toInstant();
    }

    private static @Nullable Timestamp stamp(@Nullable Instant at) {
        return at == null ? null : Timestamp.from(at);
    }
}
