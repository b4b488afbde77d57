package org.hemei.platform.seal;

import java.sql.Timestamp;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.function.LongConsumer;
import java.util.regex.Pattern;
import org.bouncycastle.crypto.digests.SM3Digest;
import org.bouncycastle.crypto.params.KeyParameter;
import org.hemei.platform.crypto.Keys;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Recomputes every seal of the audit log and finds where an entry or a seal was altered, taken out or put in. */
@Component
public class SealCheck {

    static final int MOST_BREAKS = 200;

    private static final Pattern RANGE = Pattern.compile("\\[(\\d+),(\\d+)\\)");
    private static final int PAGE = 200;

    /**
     * One place where the log is not as it was sealed.
     *
     * @param seal number of the seal; 0 where the entry belongs to none
     * @param entry id of the entry; 0 where the seal itself is meant
     * @param words what is wrong, in Chinese
     */
    public record Break(long seal, long entry, String words) {}

    /** @param unsealed entries so new that no seal names them yet; @param more whether there are more breaks than listed */
    public record Report(
            Instant started,
            Instant finished,
            long seals,
            long entries,
            long unsealed,
            List<Break> breaks,
            boolean more) {

        public boolean whole() {
            return breaks.isEmpty();
        }
    }

    private final JdbcClient jdbc;
    private final InstantSource clock;
    private final SealHead head;
    private final KeyParameter key;

    SealCheck(JdbcClient jdbc, InstantSource clock, SealHead head, Keys keys) {
        this.jdbc = jdbc;
        this.clock = clock;
        this.head = head;
        this.key = new KeyParameter(keys.key("audit-seal", 32));
    }

    /** @param progress is told the number of seals checked so far */
    public Report run(LongConsumer progress) {
        var found = new Found();
        var started = clock.instant();
        var before = Seal.NONE_BEFORE;
        long last = 0;
        long entries = 0;
        for (var seals = after(0); !seals.isEmpty(); seals = after(last)) {
            for (var seal : seals) {
                if (seal.number() != last + 1) {
                    found.add(last + 1, 0, "第 " + (last + 1) + " 到 " + (seal.number() - 1) + " 号封条不见了");
                } else if (!Arrays.equals(seal.previous(), before)) {
                    found.add(seal.number(), 0, "这张封条接不上前一张");
                }
                check(seal, found);
                before = seal.mac();
                last = seal.number();
                entries += seal.entries();
                progress.accept(last);
            }
        }
        checkHead(last, before, found);
        putInAfterwards(found);
        return new Report(started, clock.instant(), last, entries, unsealed(), found.list, found.more);
    }

    public long seals() {
        return jdbc.sql("select coalesce(max(number), 0) from audit_seal")
                .query(Long.class)
                .single();
    }

    private List<Seal> after(long number) {
        return jdbc.sql("select * from audit_seal where number > ? order by number limit ?")
                .params(number, PAGE)
                .query(Seal::read)
                .list();
    }

    private void check(Seal seal, Found found) {
        if (!Arrays.equals(seal.mac(), seal.expectedMac(key))) {
            found.add(seal.number(), 0, "封条本身被改过");
            return;
        }
        var content = new SM3Digest();
        var entries = entries(seal);
        entries.forEach(entry -> content.update(entry.hash(), 0, entry.hash().length));
        if (!Arrays.equals(Entry.finish(content), seal.content())) {
            compare(seal, entries, found);
        }
    }

    /** Only where the whole does not fit: entry by entry, by the short hashes. */
    private void compare(Seal seal, List<Entry> entries, Found found) {
        var at = 0;
        var place = 0;
        var known = found.list.size();
        for (var id : ids(seal)) {
            var wanted = Arrays.copyOfRange(seal.digests(), place * Entry.SHORT, (place + 1) * Entry.SHORT);
            place++;
            if (at >= entries.size() || entries.get(at).id() != id) {
                found.add(seal.number(), id, "这条记录被删了");
                continue;
            }
            if (!Arrays.equals(entries.get(at).shortHash(), wanted)) {
                found.add(seal.number(), id, "这条记录被改过");
            }
            for (at++; at < entries.size() && entries.get(at).id() == id; at++) {
                found.add(seal.number(), id, "同一个编号多出一条记录");
            }
        }
        if (found.list.size() == known && !found.more) {
            found.add(seal.number(), 0, "这一批的内容和封条对不上");
        }
    }

    private List<Entry> entries(Seal seal) {
        return jdbc.sql("""
                select %s from audit_entry e
                where e.id >= lower(cast(:ids as int8multirange)) and e.id < upper(cast(:ids as int8multirange))
                  and cast(:ids as int8multirange) @> e.id
                order by id, district
                """.formatted(Entry.COLUMNS))
                .param("ids", seal.ids())
                .query(Entry::read)
                .list();
    }

    private static List<Long> ids(Seal seal) {
        List<Long> ids = new ArrayList<>();
        var ranges = RANGE.matcher(seal.ids());
        while (ranges.find()) {
            for (var id = Long.parseLong(ranges.group(1)); id < Long.parseLong(ranges.group(2)); id++) {
                ids.add(id);
            }
        }
        return ids;
    }

    private void checkHead(long last, byte[] mac, Found found) {
        head.kept().ifPresent(kept -> {
            if (kept.number() > last) {
                found.add(last + 1, 0, "最新的封条到第 " + kept.number() + " 号，库里只到第 " + last + " 号：后面的被截掉了");
            } else if (kept.number() == last
                    && !kept.mac().equals(HexFormat.of().formatHex(mac))) {
                found.add(last, 0, "最新的封条和库外记下的不一样");
            }
        });
    }

    /** Entries among sealed ones that no seal names, an hour after those were sealed. */
    private void putInAfterwards(Found found) {
        jdbc.sql("""
                        select e.id from audit_entry e
                        where e.id <= (select max(top_id) from audit_seal where sealed_at < :before)
                          and not exists (select from audit_seal s where s.ids @> e.id)
                        order by e.id limit :most
                        """)
                .param("before", Timestamp.from(clock.instant().minus(Sealing.LATEST)))
                .param("most", MOST_BREAKS)
                .query(Long.class)
                .list()
                .forEach(id -> found.add(0, id, "这条记录是封存以后插进来的"));
    }

    private long unsealed() {
        return jdbc.sql("""
                select count(*) from audit_entry e
                where e.id > (select coalesce(max(top_id), -1) from audit_seal)
                """).query(Long.class).single();
    }

    private static final class Found {
        private final List<Break> list = new ArrayList<>();
        private boolean more;

        void add(long seal, long entry, String words) {
            if (list.size() < MOST_BREAKS) {
                list.add(new Break(seal, entry, words));
            } else {
                more = true;
            }
        }
    }
}
