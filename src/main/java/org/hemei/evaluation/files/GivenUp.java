package org.hemei.evaluation.files;

import java.sql.Timestamp;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.hemei.platform.attachment.Attachments;
import org.hemei.platform.time.CivilTime;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.RowCallbackHandler;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Gives up files when their time to be kept is over. That there were some, and how many, stays with what they belonged to: a page and a
 * paper that counted them say the same for ever.
 *
 * <p>What is due is told by a statement of {@code district}, {@code owner_kind}, {@code owner_id} and {@code ended}, a row for each thing
 * that has files.
 */
@Component
public class GivenUp {

    /** @param files how many there were; at: when they were erased */
    public record Gone(int files, Instant at) {

        public String words() {
            return "附过 " + files + " 份材料，保存期满，" + CivilTime.day(CivilTime.date(at)) + " 删掉了。";
        }
    }

    private record Thing(String kind, String id) {}

    private final JdbcClient jdbc;
    private final Attachments attachments;
    private final InstantSource clock;

    GivenUp(JdbcClient jdbc, Attachments attachments, InstantSource clock) {
        this.jdbc = jdbc;
        this.attachments = attachments;
        this.clock = clock;
    }

    /** How many things ended within this time. */
    public long ended(String things, Instant from, Instant until) {
        return jdbc.sql("select count(*) from (" + things + ") t where ended >= ? and ended < ?")
                .params(Timestamp.from(from), Timestamp.from(until))
                .query(Long.class)
                .single();
    }

    /** In the caller's transaction. @return of how many things, {@code most} at most */
    public int erase(String things, int district, Instant before, int most) {
        var due = jdbc.sql("select owner_kind as kind, owner_id as id from (" + things
                        + ") t where district = ? and ended < ? order by ended limit ?")
                .params(district, Timestamp.from(before), most)
                .query(Thing.class)
                .list();
        for (var kind : due.stream().map(Thing::kind).distinct().sorted().toList()) {
            var ids = due.stream()
                    .filter(one -> one.kind.equals(kind))
                    .map(Thing::id)
                    .toList();
            remember(district, kind, ids);
            attachments.delete(district, kind, ids);
        }
        return due.size();
    }

    private void remember(int district, String kind, List<String> ids) {
        jdbc.sql("""
                insert into files_given_up as g (district, owner_kind, owner_id, files, at)
                select district, owner_kind, owner_id, count(*), :now from attachment
                where district = :district and owner_kind = :kind and owner_id = any(:ids)
                group by 1, 2, 3
                on conflict (district, owner_kind, owner_id) do update set files = g.files + excluded.files, at = excluded.at
                """)
                .param("now", Timestamp.from(clock.instant()))
                .param("district", district)
                .param("kind", kind)
                .param("ids", ids.toArray(String[]::new))
                .update();
    }

    /** What was given up of these things; those that lost nothing are not in it. */
    public Map<String, Gone> of(int district, String kind, Collection<String> ids) {
        Map<String, Gone> gone = new HashMap<>();
        jdbc.sql(
                        "select owner_id, files, at from files_given_up where district = ? and owner_kind = ? and owner_id = any(?)")
                .params(district, kind, ids.toArray(String[]::new))
                .query((RowCallbackHandler) r -> gone.put(
                        r.getString(1), new Gone(r.getInt(2), r.getTimestamp(3).toInstant())));
        return gone;
    }

    /** The same of one thing; null where nothing was given up. */
    public @Nullable Gone of(int district, String kind, long id) {
        return of(district, kind, List.of(String.valueOf(id))).get(String.valueOf(id));
    }
}
