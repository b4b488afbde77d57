package org.hemei.platform.notice;

import java.sql.Timestamp;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.hemei.platform.Missing;
import org.hemei.platform.Reader;
import org.hemei.platform.Refusal;
import org.hemei.platform.Stale;
import org.hemei.platform.log.Audit;
import org.hemei.platform.notice.NoticeKinds.Channel;
import org.hemei.platform.notice.NoticeKinds.Kind;
import org.hemei.platform.notice.NoticeKinds.Words;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** The words of notices: those that come with the application, until a place sets its own; each setting is a version. */
@Component
public class NoticeTemplates {

    static final int MOST_TITLE = 80;
    static final int MOST_TEXT = 1000;

    /** Two parts of a text message at most. */
    static final int MOST_SMS = 130;

    private static final Pattern PLACE = Pattern.compile("\\{([^{}]*)}");

    /** @param setBy masked name; null for the words that come with the application, which are version 0 */
    record Version(
            int version,
            boolean active,
            Words words,
            @Nullable String setBy,
            @Nullable Instant setAt) {}

    private record Key(String event, String who, String channel) {}

    /** The words in force, read once for a batch. */
    public static final class Book {

        private final Map<Key, Version> set;

        private Book(Map<Key, Version> set) {
            this.set = set;
        }

        /** Empty when this is not said on this channel. */
        public Optional<Words> words(Kind kind, Channel channel) {
            var version = version(kind, channel);
            return version.active ? Optional.of(version.words) : Optional.empty();
        }

        Version version(Kind kind, Channel channel) {
            var own = set.get(new Key(kind.event(), kind.who(), channel.code()));
            return own != null ? own : shipped(kind, channel);
        }
    }

    private final ObjectProvider<NoticeKinds> rooms;
    private final JdbcClient jdbc;
    private final Audit audit;
    private final InstantSource clock;

    NoticeTemplates(ObjectProvider<NoticeKinds> rooms, JdbcClient jdbc, Audit audit, InstantSource clock) {
        this.rooms = rooms;
        this.jdbc = jdbc;
        this.audit = audit;
        this.clock = clock;
    }

    private static Version shipped(Kind kind, Channel channel) {
        var words = kind.words().get(channel);
        return new Version(0, words != null, words == null ? new Words("", "") : words, null, null);
    }

    List<Kind> kinds() {
        return rooms.stream().flatMap(room -> room.kinds().stream()).toList();
    }

    Kind kind(String event, String who, Channel channel) {
        return kinds().stream()
                .filter(kind -> kind.event().equals(event) && kind.who().equals(who))
                .filter(kind -> kind.channels().contains(channel))
                .findFirst()
                .orElseThrow(() -> new Missing("没有这一种通知。"));
    }

    public Book book() {
        var set = new HashMap<Key, Version>();
        jdbc.sql("""
                        select distinct on (event, who, channel) event, who, channel, version, active, title, words, set_at
                        from notice_template order by event, who, channel, version desc
                        """).query(r -> {
            set.put(
                    new Key(r.getString("event"), r.getString("who"), r.getString("channel")),
                    new Version(
                            r.getInt("version"),
                            r.getBoolean("active"),
                            new Words(r.getString("title"), r.getString("words")),
                            null,
                            r.getTimestamp("set_at").toInstant()));
        });
        return new Book(set);
    }

    /** Newest first; the words that come with the application last. */
    List<Version> versions(Kind kind, Channel channel) {
        var versions = new ArrayList<>(jdbc.sql("""
                        select t.version, t.active, t.title, t.words, t.set_at, coalesce(p.masked_name, '') as set_by
                        from notice_template t
                                 left join account a on a.id = t.set_by
                                 left join person p on p.id = a.person
                        where t.event = ? and t.who = ? and t.channel = ?
                        """)
                .params(kind.event(), kind.who(), channel.code())
                .query((r, n) -> new Version(
                        r.getInt("version"),
                        r.getBoolean("active"),
                        new Words(r.getString("title"), r.getString("words")),
                        r.getString("set_by"),
                        r.getTimestamp("set_at").toInstant()))
                .list());
        versions.add(shipped(kind, channel));
        versions.sort(Comparator.comparingInt(Version::version).reversed());
        return versions;
    }

    /**
     * Sets the words from now on.
     *
     * @param seen version that the form was made from
     */
    @Transactional
    public void set(Reader reader, Kind kind, Channel channel, int seen, boolean active, Words words) {
        check(kind, channel, active, words);
        jdbc.sql("select pg_advisory_xact_lock(hashtextextended(?, 27))")
                .param("template:" + kind.event() + ":" + kind.who() + ":" + channel.code())
                .query((r, n) -> n)
                .single();
        var current = versions(kind, channel).getFirst();
        if (current.version != seen) {
            throw new Stale(
                    String.valueOf(current.setBy), "改了这段话", current.setAt == null ? clock.instant() : current.setAt);
        }
        jdbc.sql("""
                        insert into notice_template (event, who, channel, version, active, title, words, set_by, set_at)
                        values (?, ?, ?, ?, ?, ?, ?, ?, ?)
                        """)
                .params(
                        kind.event(),
                        kind.who(),
                        channel.code(),
                        seen + 1,
                        active,
                        words.title(),
                        words.text(),
                        reader.account(),
                        Timestamp.from(clock.instant()))
                .update();
        audit.record(
                reader,
                0,
                "notice_template.set",
                "notice_template",
                kind.event() + "/" + kind.who() + "/" + channel.code(),
                null,
                Map.of("version", seen + 1, "active", active));
    }

    /** @throws Refusal with everything that is wrong with the words */
    static void check(Kind kind, Channel channel, boolean active, Words words) {
        var reasons = new ArrayList<Refusal.Reason>();
        if (active && channel != Channel.SMS && words.title().isBlank()) {
            reasons.add(new Refusal.Reason("title", "请写标题。"));
        }
        if (active && channel != Channel.INBOX && words.text().isBlank()) {
            reasons.add(new Refusal.Reason("text", "请写内容。"));
        }
        tooLong("title", words.title(), MOST_TITLE, reasons);
        tooLong("text", words.text(), channel == Channel.SMS ? MOST_SMS : MOST_TEXT, reasons);
        unknown("title", words.title(), kind.places().keySet(), reasons);
        unknown("text", words.text(), kind.places().keySet(), reasons);
        if (!reasons.isEmpty()) {
            throw new Refusal(reasons);
        }
    }

    private static void tooLong(String field, String words, int most, List<Refusal.Reason> reasons) {
        if (words.codePointCount(0, words.length()) > most) {
            reasons.add(new Refusal.Reason(field, "太长了，最多 " + most + " 个字。请写短一点。"));
        }
    }

    private static void unknown(String field, String words, Set<String> places, List<Refusal.Reason> reasons) {
        var wrong = PLACE.matcher(words)
                .results()
                .map(place -> place.group(1))
                .filter(name -> !places.contains(name))
                .distinct()
                .toList();
        for (var name : wrong) {
            reasons.add(new Refusal.Reason(field, "没有“{" + name + "}”这个位置。能用的写在旁边，请改掉。"));
        }
        if (wrong.isEmpty() && PLACE.matcher(words).replaceAll("").matches("(?s).*[{}].*")) {
            reasons.add(new Refusal.Reason(field, "大括号不成对。请补上或删掉。"));
        }
    }

    /** Puts values in; a place without one stays empty. */
    public static String filled(String words, Map<String, String> values) {
        return PLACE.matcher(words)
                .replaceAll(place -> Matcher.quoteReplacement(values.getOrDefault(place.group(1), "")));
    }
}
