package org.hemei.workorder.routing;

import java.sql.Timestamp;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.hemei.platform.Reader;
import org.hemei.platform.Refusal;
import org.hemei.platform.Stale;
import org.hemei.platform.log.Audit;
import org.hemei.workorder.Routing.Target;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Prepares changes to the routing rules: a set for an area, changed line by line, until it is adopted or dropped. */
@Service
class DraftDesk {

    static final int MOST_LINES = 200;

    private final JdbcClient jdbc;
    private final Drafts drafts;
    private final Ties ties;
    private final Audit audit;
    private final InstantSource clock;

    DraftDesk(JdbcClient jdbc, Drafts drafts, Ties ties, Audit audit, InstantSource clock) {
        this.jdbc = jdbc;
        this.drafts = drafts;
        this.ties = ties;
        this.audit = audit;
        this.clock = clock;
    }

    /** Begins a set of changes for an area and all below it. */
    @Transactional
    public long open(Reader reader, String area, String title) {
        if (!Keepers.keeps(reader, area)) {
            throw Refusal.of("area", "这个地区的派单规则不归您定。请另选。");
        }
        var id = jdbc.sql("""
                        insert into routing_draft (area, title, made_by, made_at, changed_by, changed_at)
                        values (:area, :title, :by, :at, :by, :at) returning id
                        """)
                .param("area", area)
                .param("title", title)
                .param("by", reader.account())
                .param("at", now())
                .query(Long.class)
                .single();
        audit.record(reader, Keepers.district(area), "routing_draft.open", "routing_draft", id, area, Map.of());
        return id;
    }

    private Timestamp now() {
        return Timestamp.from(clock.instant());
    }

    /** An open set under its row lock, at the version the reader saw. */
    Drafts.Draft hold(Reader reader, long id, int version) {
        var scope = Keepers.keeps(reader);
        drafts.one(scope, id);
        jdbc.sql("select id from routing_draft where id = ? for update")
                .param(id)
                .query(Long.class)
                .single();
        var draft = drafts.one(scope, id);
        if (draft.version() != version) {
            throw stale(id, reader);
        }
        return draft;
    }

    private Stale stale(long id, Reader reader) {
        return jdbc.sql("""
                        select d.changed_by, d.changed_at, p.masked_name
                        from routing_draft d join account a on a.id = d.changed_by join person p on p.id = a.person
                        where d.id = ?
                        """)
                .param(id)
                .query((r, n) -> new Stale(
                        r.getLong("changed_by") == reader.account() ? "您自己" : r.getString("masked_name"),
                        "改了这批规则",
                        r.getTimestamp("changed_at").toInstant()))
                .single();
    }

    private static void mustBeOpen(Drafts.Draft draft) {
        if (!draft.open()) {
            throw Refusal.of("这批改动" + draft.state().words() + "，不能再改。要改就新建一批。");
        }
    }

    /** Counts the change, so that nobody acts on what they no longer see. */
    void touched(Reader reader, long id) {
        jdbc.sql("update routing_draft set version = version + 1, changed_by = ?, changed_at = ? where id = ?")
                .params(reader.account(), now(), id)
                .update();
    }

    /** Puts a line into the set; one about the same takes the place of the one before. */
    @Transactional
    public void put(Reader reader, long id, int version, Line line) {
        var draft = hold(reader, id, version);
        mustBeOpen(draft);
        var lines = new ArrayList<>(drafts.lines(id).stream()
                .filter(other -> !other.about().equals(line.about()))
                .toList());
        var number = drafts.lines(id).stream().mapToInt(Line::number).max().orElse(0) + 1;
        var placed = new Line(number, line.about(), line.target(), line.body(), line.urgency(), line.basis());
        check(draft, lines, placed);
        lines.add(placed);
        refuseTies(draft, lines, Set.of(Line.PROPOSED + number));
        jdbc.sql("""
                        delete from routing_draft_line
                        where draft = ? and area = ? and coalesce(category, '') = ? and kinds = cast(? as text[])
                        """)
                .params(id, line.about().area(), category(line), kinds(line))
                .update();
        jdbc.sql("""
                        insert into routing_draft_line (draft, line, ends, area, category, kinds, target, body, urgency, basis)
                        values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                        """)
                .param(id)
                .param(number)
                .param(line.ends())
                .param(line.about().area())
                .param(line.about().category())
                .param(kinds(line))
                .param(line.target() == null ? null : line.target().code())
                .param(line.body())
                .param(line.urgency() == null ? null : line.urgency().code())
                .param(line.basis())
                .update();
        touched(reader, id);
        audit.record(
                reader,
                Keepers.district(draft.area()),
                "routing_draft.put",
                "routing_draft",
                id,
                line.about().area(),
                Map.of("line", number, "category", category(line), "ends", line.ends()));
    }

    static String[] kinds(Line line) {
        return line.about().kinds().stream().sorted().toArray(String[]::new);
    }

    static String category(Line line) {
        return line.about().category() == null ? "" : line.about().category();
    }

    private void check(Drafts.Draft draft, List<Line> others, Line line) {
        var reasons = new ArrayList<Refusal.Reason>();
        var area = line.about().area();
        if (!area.startsWith(draft.area()) || !exists("select count(*) from area where code = ?", area)) {
            reasons.add(new Refusal.Reason("area", "这批改动只管" + draft.areaName() + "和下面各地。请另选。"));
        }
        if (line.about().category() != null
                && !exists(
                        "select count(*) from category where code = ?",
                        line.about().category())) {
            reasons.add(new Refusal.Reason("category", "没有这一类。请从单子里选。"));
        }
        if (others.size() >= MOST_LINES) {
            reasons.add(new Refusal.Reason(null, "一批最多 " + MOST_LINES + " 条。请分成几批。"));
        }
        if (line.target() == Target.NAMED && !mayHold(line.body(), area)) {
            reasons.add(new Refusal.Reason("body", "这家单位不管这个地区，或者已经撤了。请另选一家。"));
        }
        reasons.addAll(against(line));
        if (!reasons.isEmpty()) {
            throw new Refusal(reasons);
        }
    }

    /** A change that changes nothing, or ends what is not there, is a slip of the hand. */
    private List<Refusal.Reason> against(Line line) {
        var there = drafts.sides(drafts.today().plusDays(1), List.of()).before().stream()
                .filter(rule -> rule.about().equals(line.about()))
                .findFirst();
        if (line.ends() && there.isEmpty()) {
            return List.of(new Refusal.Reason("target", "现在没有这样一条规则，不用停。"));
        }
        if (there.isPresent()
                && !line.changes(there.get())
                && line.basis().equals(there.get().basis())) {
            return List.of(new Refusal.Reason("target", "和现在的规则一样。请改一处，或者不加。"));
        }
        return List.of();
    }

    /** Whether a body works in the whole of an area: its own reaches over it. */
    private boolean mayHold(@Nullable Long body, String area) {
        return body != null
                && jdbc.sql("""
                        select count(*) from body
                        where id = :id and kind not in ('company', 'party_organisation', 'owners_committee')
                          and starts_with(:area, area) and (until is null or until > :today)
                        """)
                                .param("id", body)
                                .param("area", area)
                                .param("today", drafts.today())
                                .query(Integer.class)
                                .single()
                        == 1;
    }

    private boolean exists(String sql, String code) {
        return jdbc.sql(sql).param(code).query(Integer.class).single() == 1;
    }

    /** @throws Refusal when two rules would be level and lead to different places */
    void refuseTies(Drafts.Draft draft, List<Line> lines, Set<Long> concerning) {
        var sides = drafts.sides(drafts.today().plusDays(1), lines);
        var found = ties.among(sides.after(), draft.area(), concerning);
        if (!found.isEmpty()) {
            throw new Refusal(found.stream().limit(3).map(DraftDesk::words).toList());
        }
    }

    private static Refusal.Reason words(Ties.Tie tie) {
        var one = String.join("＋", tie.one().about().kinds());
        var other = String.join("＋", tie.other().about().kinds());
        return new Refusal.Reason(
                "kinds",
                "“" + one + "”和“" + other + "”两条分不出先后：" + tie.estate()
                        + (tie.estates() > 1 ? "等 " + tie.estates() + " 个小区" : "") + "两样都是。请先给“"
                        + String.join("＋", tie.kinds()) + "”写一条。");
    }

    @Transactional
    public void takeOut(Reader reader, long id, int version, int line) {
        var draft = hold(reader, id, version);
        mustBeOpen(draft);
        var gone = jdbc.sql("delete from routing_draft_line where draft = ? and line = ?")
                .params(id, line)
                .update();
        if (gone == 0) {
            throw Refusal.of("这一条已经不在这批里了。");
        }
        touched(reader, id);
        audit.record(
                reader,
                Keepers.district(draft.area()),
                "routing_draft.take_out",
                "routing_draft",
                id,
                draft.area(),
                Map.of("line", line));
    }

    @Transactional
    public void drop(Reader reader, long id, int version) {
        var draft = hold(reader, id, version);
        mustBeOpen(draft);
        close(reader, draft, "dropped", null);
    }

    void close(Reader reader, Drafts.Draft draft, String state, @Nullable LocalDate from) {
        jdbc.sql("""
                        update routing_draft set state = :state, takes_effect = coalesce(:from, takes_effect),
                                                 closed_by = :by, closed_at = :at
                        where id = :id
                        """)
                .param("state", state)
                .param("from", from, java.sql.Types.DATE)
                .param("by", reader.account())
                .param("at", now())
                .param("id", draft.id())
                .update();
        touched(reader, draft.id());
        audit.record(
                reader,
                Keepers.district(draft.area()),
                "routing_draft." + state,
                "routing_draft",
                draft.id(),
                draft.area(),
                from == null ? Map.of() : Map.of("from", from.toString()));
    }

    /** Keeps what a replay found, for the version it was made of; one that came too late is of no use to anybody. */
    @Transactional
    public void keep(long id, int version, String result, Instant at) {
        jdbc.sql("""
                        update routing_draft set replay = cast(? as jsonb), replay_of = ?, replay_at = ?
                        where id = ? and version = ? and state = 'open'
                        """).params(result, version, Timestamp.from(at), id, version).update();
    }

    static Set<Long> numbers(List<Line> lines) {
        return lines.stream().map(line -> Line.PROPOSED + line.number()).collect(Collectors.toSet());
    }
}
