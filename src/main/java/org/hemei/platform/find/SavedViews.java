package org.hemei.platform.find;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.hemei.platform.Grant;
import org.hemei.platform.Missing;
import org.hemei.platform.Reader;
import org.hemei.platform.Refusal;
import org.hemei.platform.log.Audit;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * Views of a list that people keep: a name and the filter as it stands in the address. One's own, or shared with all who hold the
 * same duty in the same place. A view gives nobody more to see: the filter is applied within each reader's own scope.
 */
@Service
public class SavedViews {

    /** The pages whose filters can be kept. */
    private static final Set<String> PAGES = Set.of("/orders");

    private static final int MOST = 30;
    private static final int LONGEST_NAME = 20;
    private static final int LONGEST_QUERY = 1000;
    private static final Duration KEPT_AFTER_DELETION = Duration.ofDays(1);

    /** @param own whether the reader made it; @param standard whether the page opens with it for this reader */
    public record View(long id, String page, String name, String query, boolean own, boolean shared, boolean standard) {

        public String path() {
            return page + "?" + query + (query.isEmpty() ? "" : "&") + "view=" + id;
        }
    }

    /** With whom a view can be shared. @param code ROLE@place */
    public record Desk(String code, String words) {}

    private final JdbcClient jdbc;
    private final Audit audit;
    private final InstantSource clock;

    SavedViews(JdbcClient jdbc, Audit audit, InstantSource clock) {
        this.jdbc = jdbc;
        this.audit = audit;
        this.clock = clock;
    }

    /** One's own and those shared with one's desks, the default one first. */
    public List<View> of(Reader reader, String page) {
        return jdbc.sql("""
                select v.*, v.account = :me as own, d.view is not null as standard
                from saved_view v left join default_view d on d.view = v.id and d.account = :me
                where v.page = :page and v.deleted_at is null
                  and (v.account = :me or v.role || '@' || v.place = any(:desks))
                order by standard desc, own desc, v.name, v.id
                limit 60
                """)
                .param("me", reader.account())
                .param("page", page)
                .param("desks", desks(reader))
                .query(SavedViews::read)
                .list();
    }

    /** What the page opens with for this reader. */
    public Optional<View> standard(Reader reader, String page) {
        return of(reader, page).stream().filter(View::standard).findFirst();
    }

    /** The desks of the reader that are a place or a body, for sharing; codes only. */
    public static String[] desks(Reader reader) {
        return reader.grants().stream()
                .filter(grant -> grant.unit() == null && grant.onBehalfOf() == null)
                .map(SavedViews::desk)
                .flatMap(Optional::stream)
                .distinct()
                .toArray(String[]::new);
    }

    private static Optional<String> desk(Grant grant) {
        if (grant.area() != null) {
            return Optional.of(grant.role() + "@" + grant.area());
        }
        return grant.body() == null ? Optional.empty() : Optional.of(grant.role() + "@b" + grant.body());
    }

    /** @param desk with whom to share, one of {@link #desks}; empty to keep it for oneself */
    @Transactional
    public long save(Reader reader, String page, String name, String query, String desk) {
        var reasons = new java.util.ArrayList<Refusal.Reason>();
        var words = name.strip();
        if (words.isEmpty()) {
            reasons.add(new Refusal.Reason("name", "请给视图起个名字，例如“今天没接的”。"));
        } else if (words.length() > LONGEST_NAME) {
            reasons.add(new Refusal.Reason("name", "名字最多 " + LONGEST_NAME + " 个字。请写短一点。"));
        }
        if (!PAGES.contains(page) || query.length() > LONGEST_QUERY || !query.matches("[A-Za-z0-9_=&%.~*+-]*")) {
            reasons.add(new Refusal.Reason(null, "这个筛选存不下来。请回到名单重新筛选再存。"));
        }
        if (!desk.isEmpty() && !List.of(desks(reader)).contains(desk)) {
            reasons.add(new Refusal.Reason("desk", "只能给同岗的人看。请从名单里选。"));
        }
        if (reasons.isEmpty() && count(reader) >= MOST) {
            reasons.add(new Refusal.Reason(null, "您已经存了 " + MOST + " 个视图。请先删掉不用的。"));
        }
        if (!reasons.isEmpty()) {
            throw new Refusal(reasons);
        }
        purge();
        var at = desk.indexOf('@');
        var id = jdbc.sql("""
                insert into saved_view (page, name, query, account, role, place, created_at)
                values (:page, :name, :query, :me, :role, :place, :now) returning id
                """)
                .param("page", page)
                .param("name", words)
                .param("query", query)
                .param("me", reader.account())
                .param("role", desk.isEmpty() ? null : desk.substring(0, at))
                .param("place", desk.isEmpty() ? null : desk.substring(at + 1))
                .param("now", Timestamp.from(clock.instant()))
                .query(Long.class)
                .single();
        if (!desk.isEmpty()) {
            audit.record(reader, 0, "view.shared", "view", id, null, Map.of("desk", desk));
        }
        return id;
    }

    private int count(Reader reader) {
        return jdbc.sql("select count(*) from saved_view where account = ? and deleted_at is null")
                .param(reader.account())
                .query(Integer.class)
                .single();
    }

    private void purge() {
        jdbc.sql("delete from saved_view where deleted_at < ?")
                .param(Timestamp.from(clock.instant().minus(KEPT_AFTER_DELETION)))
                .update();
    }

    /** The page opens with it from now on, for this reader only; or with everything again, when it did already. */
    @Transactional
    public View standard(Reader reader, long id) {
        var view = visible(reader, id);
        jdbc.sql("delete from default_view where account = ? and page = ?")
                .params(reader.account(), view.page)
                .update();
        if (!view.standard) {
            jdbc.sql("insert into default_view (account, page, view) values (?, ?, ?)")
                    .params(reader.account(), view.page, id)
                    .update();
        }
        return view;
    }

    /** Only one's own; it can be brought back for a day. */
    @Transactional
    public View delete(Reader reader, long id) {
        var view = visible(reader, id);
        if (!view.own) {
            throw Refusal.of("这是同事存的视图，由他来删。");
        }
        jdbc.sql("update saved_view set deleted_at = ? where id = ?")
                .params(Timestamp.from(clock.instant()), id)
                .update();
        return view;
    }

    @Transactional
    public View restore(Reader reader, long id) {
        jdbc.sql("update saved_view set deleted_at = null where id = ? and account = ?")
                .params(id, reader.account())
                .update();
        return visible(reader, id);
    }

    private View visible(Reader reader, long id) {
        return PAGES.stream()
                .flatMap(page -> of(reader, page).stream())
                .filter(view -> view.id == id)
                .findFirst()
                .orElseThrow(() -> new Missing("没有这个视图。也许已经删了。"));
    }

    private static View read(ResultSet r, int n) throws SQLException {
        return new View(
                r.getLong("id"),
                r.getString("page"),
                r.getString("name"),
                r.getString("query"),
                r.getBoolean("own"),
                r.getString("place") != null,
                r.getBoolean("standard"));
    }

    /** The view an address says it shows; null for none. */
    public static @Nullable Long shown(Map<String, String> query) {
        var text = query.getOrDefault("view", "");
        return text.matches("[1-9]\\d{0,17}") ? Long.valueOf(text) : null;
    }
}
