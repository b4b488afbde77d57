package org.hemei.workorder.routing;

import java.sql.Timestamp;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.hemei.platform.Reader;
import org.hemei.platform.Refusal;
import org.hemei.platform.time.CivilTime;
import org.hemei.workorder.RoutingBook;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * Lets a set of changes take effect from a day that is still to come, after a replay. Versions that were in force keep
 * their days; orders already sent keep their holder and their clocks.
 */
@Service
class AdoptionDesk {

    private static final int MOST_DAYS = 366;

    private final JdbcClient jdbc;
    private final Drafts drafts;
    private final DraftDesk desk;
    private final RoutingBook book;
    private final InstantSource clock;

    AdoptionDesk(JdbcClient jdbc, Drafts drafts, DraftDesk desk, RoutingBook book, InstantSource clock) {
        this.jdbc = jdbc;
        this.book = book;
        this.drafts = drafts;
        this.desk = desk;
        this.clock = clock;
    }

    @Transactional
    public void adopt(Reader reader, long id, int version, LocalDate from) {
        var draft = desk.hold(reader, id, version);
        oneAtATime();
        var lines = drafts.lines(id);
        var reasons = new ArrayList<Refusal.Reason>();
        if (!draft.open()) {
            reasons.add(new Refusal.Reason(null, "这批改动" + draft.state().words() + "，不用再定。"));
        } else if (lines.isEmpty()) {
            reasons.add(new Refusal.Reason(null, "这批里还没有改动。先加一条。"));
        } else if (!draft.replayed() || othersSince(draft)) {
            reasons.add(new Refusal.Reason(null, "规则在上次重放以后变过。请再重放一次，看过影响再定。"));
        }
        var today = CivilTime.date(clock.instant());
        if (!from.isAfter(today) || from.isAfter(today.plusDays(MOST_DAYS))) {
            reasons.add(new Refusal.Reason("from", "从明天起到一年以内选一天。今天已经派的单不变。"));
        }
        if (reasons.isEmpty()) {
            reasons.addAll(later(lines, from));
        }
        if (!reasons.isEmpty()) {
            throw new Refusal(reasons);
        }
        desk.refuseTies(draft, lines, DraftDesk.numbers(lines));
        lines.forEach(line -> write(reader, draft, line, from));
        desk.close(reader, draft, "adopted", from);
        readAnew();
    }

    private void readAnew() {
        TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
            @Override
            public void afterCommit() {
                book.changed();
            }
        });
    }

    /** Two sets about the same rules must see each other. Adopting is rare. */
    private void oneAtATime() {
        jdbc.sql("select pg_advisory_xact_lock(hashtext('routing-rules'))")
                .query((r, n) -> 0)
                .list();
    }

    /** Whether somebody else's set changed rules of this area, above or below it after the replay. */
    private boolean othersSince(Drafts.Draft draft) {
        return jdbc.sql("""
                        select exists (select from routing_draft d
                                       where d.id <> :id and d.state in ('adopted', 'withdrawn') and d.closed_at >= :at
                                         and (starts_with(d.area, :area) or starts_with(:area, d.area)))
                        """)
                .param("id", draft.id())
                .param("at", draft.replayAt() == null ? null : Timestamp.from(draft.replayAt()))
                .param("area", draft.area())
                .query(Boolean.class)
                .single();
    }

    /** Lines about a rule of which a version from that day or later is already there. */
    private List<Refusal.Reason> later(List<Line> lines, LocalDate from) {
        var reasons = new ArrayList<Refusal.Reason>();
        for (var line : lines) {
            var first = jdbc.sql("select max(lower(valid)) " + SAME)
                    .params(line.about().area(), DraftDesk.category(line), DraftDesk.kinds(line))
                    .query((r, n) -> r.getObject(1, LocalDate.class))
                    .list()
                    .getFirst();
            if (first != null && !first.isBefore(from)) {
                reasons.add(new Refusal.Reason(
                        "from", "第 " + line.number() + " 条已经排了 " + CivilTime.day(first) + " 起的改动。选它以后的一天，或者先撤回那一批。"));
            }
        }
        return reasons;
    }

    private static final String SAME =
            "from routing_rule where area = ? and coalesce(category, '') = ? and kinds = cast(? as text[]) and withdrawn_at is null";

    private void write(Reader reader, Drafts.Draft draft, Line line, LocalDate from) {
        jdbc.sql("""
                        update routing_rule set valid = daterange(lower(valid), :from), ended_by = :draft
                        where area = :area and coalesce(category, '') = :category and kinds = cast(:kinds as text[])
                          and withdrawn_at is null and valid @> cast(:from as date)
                        """)
                .param("from", from)
                .param("draft", draft.id())
                .param("area", line.about().area())
                .param("category", DraftDesk.category(line))
                .param("kinds", DraftDesk.kinds(line))
                .update();
        if (line.ends()) {
            return;
        }
        jdbc.sql("""
                        insert into routing_rule (area, category, kinds, target, body, urgency, basis, valid, draft, set_by, set_at)
                        select area, category, kinds, target, body, urgency, basis, daterange(:from, null), draft, :by, :at
                        from routing_draft_line where draft = :draft and line = :line
                        """)
                .param("from", from)
                .param("by", reader.account())
                .param("at", Timestamp.from(clock.instant()))
                .param("draft", draft.id())
                .param("line", line.number())
                .update();
    }

    /** Takes an adopted set back before its first day; the versions that it would have ended go on. */
    @Transactional
    public void withdraw(Reader reader, long id, int version) {
        var draft = desk.hold(reader, id, version);
        oneAtATime();
        if (!draft.mayWithdraw(CivilTime.date(clock.instant()))) {
            throw Refusal.of("已经生效的撤不回来。要改就新建一批。");
        }
        var followed = jdbc.sql("""
                        select exists (
                            select from routing_draft_line l
                                     join routing_rule r on r.area = l.area and r.kinds = l.kinds
                                          and coalesce(r.category, '') = coalesce(l.category, '')
                            where l.draft = :id and r.withdrawn_at is null and r.draft is distinct from :id
                              and lower(r.valid) >= :from)
                        """)
                .param("id", id)
                .param("from", draft.takesEffect())
                .query(Boolean.class)
                .single();
        if (followed
                || jdbc.sql("select exists (select from routing_rule where draft = ? and ended_by is not null)")
                        .param(id)
                        .query(Boolean.class)
                        .single()) {
            throw Refusal.of("后面又定了别的改动。请先撤回那一批。");
        }
        jdbc.sql("update routing_rule set withdrawn_at = ? where draft = ?")
                .params(Timestamp.from(clock.instant()), id)
                .update();
        jdbc.sql("update routing_rule set valid = daterange(lower(valid), null), ended_by = null where ended_by = ?")
                .param(id)
                .update();
        desk.close(reader, draft, "withdrawn", null);
        readAnew();
    }
}
