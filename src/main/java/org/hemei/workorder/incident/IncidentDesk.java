package org.hemei.workorder.incident;

import java.sql.Timestamp;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.hemei.access.Role;
import org.hemei.platform.Ids;
import org.hemei.platform.Missing;
import org.hemei.platform.Reader;
import org.hemei.platform.Refusal;
import org.hemei.platform.log.Audit;
import org.hemei.platform.log.EventLog;
import org.hemei.platform.time.CivilTime;
import org.hemei.workorder.Said;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * 群体事件: published once, kept up to date, and ended. Its orders are {@link IncidentOrders}, what ending does to them
 * is {@link IncidentSettling}.
 */
@Service
public class IncidentDesk {

    static final int MOST_TITLE = 30;

    /**
     * What is told.
     *
     * @param estate null for the whole community; @param building only with its estate
     * @param end when it is expected to be over
     */
    public record Draft(
            String community,
            @Nullable Long estate,
            @Nullable Long building,
            String category,
            String title,
            String words,
            @Nullable Instant end) {}

    private record Ground(int district, String community, boolean buildingFits) {}

    private final IncidentQueries queries;
    private final IncidentAccess access;
    private final Ids ids;
    private final Audit audit;
    private final EventLog events;
    private final InstantSource clock;
    private final JdbcClient jdbc;

    IncidentDesk(
            IncidentQueries queries,
            IncidentAccess access,
            Ids ids,
            Audit audit,
            EventLog events,
            InstantSource clock,
            JdbcClient jdbc) {
        this.queries = queries;
        this.access = access;
        this.ids = ids;
        this.audit = audit;
        this.events = events;
        this.clock = clock;
        this.jdbc = jdbc;
    }

    @Transactional
    public IncidentId publish(Reader reader, Draft said) {
        var now = clock.instant();
        var ground = ground(said);
        var body = publisher(reader, said, ground);
        var reasons = new ArrayList<>(Said.words("words", said.words, "通知的内容"));
        if (said.title.isBlank() || said.title.strip().length() > MOST_TITLE) {
            reasons.add(new Refusal.Reason("title", "请写标题，" + MOST_TITLE + " 字以内，例如：3 幢停水。"));
        }
        if (!ground.buildingFits) {
            reasons.add(new Refusal.Reason("building", "这幢楼不在这个小区。请重新选。"));
        }
        if (!known(said.category)) {
            reasons.add(new Refusal.Reason("category", "请选是哪类事。"));
        }
        reasons.addAll(end(said.end, now));
        Said.check(reasons);
        var id = new IncidentId(ground.district, ids.next("incident_seq"));
        insert(reader, id, said, ground, body, now);
        told(reader, id, ground.community, "publish");
        return id;
    }

    private static List<Refusal.Reason> end(@Nullable Instant end, Instant now) {
        return end == null || !end.isAfter(now) || end.isAfter(now.plus(java.time.Duration.ofDays(60)))
                ? List.of(new Refusal.Reason("end", "请选大概什么时候好，要在今后 60 天以内。"))
                : List.of();
    }

    private boolean known(String category) {
        return jdbc.sql("select exists (select from category where code = ? and active)")
                .param(category)
                .query(Boolean.class)
                .single();
    }

    private Ground ground(Draft said) {
        if (said.estate == null) {
            return jdbc.sql("select code from area where code = ? and level = 'community'")
                    .param(said.community)
                    .query(String.class)
                    .optional()
                    .map(code -> new Ground(Integer.parseInt(code.substring(0, 6)), code, said.building == null))
                    .orElseThrow(() -> Refusal.of("place", "请选在哪儿。"));
        }
        return jdbc.sql("""
                select e.district, e.community,
                       cast(:building as bigint) is null
                           or exists (select from building b where b.id = :building and b.estate = e.id) as fits
                from estate_now e where e.id = :estate
                """)
                .param("building", said.building)
                .param("estate", said.estate)
                .query((r, n) -> new Ground(r.getInt("district"), r.getString("community"), r.getBoolean("fits")))
                .optional()
                .orElseThrow(() -> Refusal.of("place", "请选在哪儿。"));
    }

    /** The community for its places; a holder for an estate it answers for. */
    private @Nullable Long publisher(Reader reader, Draft said, Ground ground) {
        if (reader.scope(Role.COMMUNITY).covers(ground.community)) {
            return null;
        }
        var estate = said.estate;
        if (estate == null) {
            throw Refusal.of("place", "整个社区的通知由社区来发。请选您服务的小区。");
        }
        return reader.scope(Role.MANAGER).grants().stream()
                .filter(grant -> grant.estate() == null || grant.estate().equals(estate))
                .map(grant -> grant.body())
                .filter(body -> body != null && holds(body, estate))
                .findFirst()
                .orElseThrow(() -> Refusal.of("place", "这个小区不归您服务。请重新选。"));
    }

    private boolean holds(long body, long estate) {
        return jdbc.sql("select default_holder(?, ?) = ?")
                .params(estate, CivilTime.date(clock.instant()), body)
                .query(Boolean.class)
                .optional()
                .orElse(false);
    }

    private void insert(Reader reader, IncidentId id, Draft said, Ground ground, @Nullable Long body, Instant now) {
        jdbc.sql("""
                insert into incident (district, id, version, community, estate, building, category, body, published_by,
                                      published_at, expected_end, state)
                values (:district, :id, 1, :community, :estate, :building, :category, :body, :by, :now, :end, 'running');
                insert into incident_words (district, incident_id, title, words) values (:district, :id, :title, :words);
                insert into incident_note (district, incident_id, seq, at, account, kind, words, expected_end)
                values (:district, :id, 1, :now, :by, 'publish', :words, :end)
                """)
                .param("district", id.district())
                .param("id", id.id())
                .param("community", ground.community)
                .param("estate", said.estate)
                .param("building", said.building)
                .param("category", said.category)
                .param("body", body)
                .param("by", reader.account())
                .param("now", Timestamp.from(now))
                .param("end", said.end == null ? null : Timestamp.from(said.end))
                .param("title", said.title.strip())
                .param("words", said.words.strip())
                .update();
    }

    /** An update: what is known now, and when it should be over. */
    @Transactional
    public void note(Reader reader, IncidentId id, int version, String words, @Nullable Instant end) {
        var now = clock.instant();
        Said.check(Said.words("words", words, "最新情况"), end(end, now));
        var incident = access.running(reader, id, version);
        write(reader, incident, "update", words, end, now);
        told(reader, id, incident.community(), "note");
    }

    /** It is over; who follows it is told, and nobody joins any more. */
    @Transactional
    public void end(Reader reader, IncidentId id, int version, String words) {
        Said.check(Said.words("words", words, "怎么结束的"));
        var incident = access.running(reader, id, version);
        var now = clock.instant();
        write(reader, incident, "end", words, null, now);
        jdbc.sql("update incident set state = 'ended', ended_by = ?, ended_at = ? where district = ? and id = ?")
                .params(reader.account(), Timestamp.from(now), id.district(), id.id())
                .update();
        told(reader, id, incident.community(), "end");
    }

    /** A resident of the place is met by it as well, without an order of their own; a second time changes nothing. */
    @Transactional
    public void join(Reader reader, IncidentId id) {
        var incident =
                queries.lock(id).filter(found -> access.lives(reader, found)).orElseThrow(() -> new Missing("没有这个通知。"));
        if (!incident.running()) {
            throw Refusal.of("这件事已经结束了。还有问题请点单。");
        }
        var added = jdbc.sql("""
                insert into incident_follower (district, incident_id, account, building, at)
                values (:district, :id, :account,
                        (select u.building from unit u join estate e on e.id = u.estate
                         where u.id = any(:units) and e.community = :community order by u.id limit 1), :now)
                on conflict do nothing
                """)
                .param("district", id.district())
                .param("id", id.id())
                .param("account", reader.account())
                .param(
                        "units",
                        reader.scope(Role.RESIDENT).grants().stream()
                                .map(grant -> grant.unit())
                                .toArray(Long[]::new))
                .param("community", incident.community())
                .param("now", Timestamp.from(clock.instant()))
                .update();
        if (added == 1) {
            jdbc.sql("update incident set joined = joined + 1 where district = ? and id = ?")
                    .params(id.district(), id.id())
                    .update();
            told(reader, id, incident.community(), "join");
        }
    }

    private void write(
            Reader reader, Incident incident, String kind, String words, @Nullable Instant end, Instant now) {
        jdbc.sql("""
                update incident set version = version + 1, expected_end = coalesce(cast(:end as timestamptz), expected_end)
                where district = :district and id = :id;
                insert into incident_note (district, incident_id, seq, at, account, kind, words, expected_end)
                values (:district, :id, (select max(n.seq) + 1 from incident_note n
                                         where n.district = :district and n.incident_id = :id), :now, :by, :kind, :words,
                        cast(:end as timestamptz))
                """)
                .param("end", end == null ? null : Timestamp.from(end))
                .param("district", incident.id().district())
                .param("id", incident.id().id())
                .param("now", Timestamp.from(now))
                .param("by", reader.account())
                .param("kind", kind)
                .param("words", words.strip())
                .update();
    }

    private void told(Reader reader, IncidentId id, String community, String verb) {
        audit.record(reader, id.district(), "incident." + verb, "incident", id, community, Map.of());
        events.announce(id.district(), "incident." + verb, id, Map.of("actor", reader.account()));
    }
}
