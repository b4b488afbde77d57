package org.hemei.platform.notice;

import static org.hemei.platform.notice.NoticeTemplates.filled;

import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.hemei.platform.Ids;
import org.hemei.platform.Missing;
import org.hemei.platform.Reader;
import org.hemei.platform.notice.NoticeKinds.Channel;
import org.hemei.platform.notice.NoticeKinds.Kind;
import org.hemei.platform.notice.NoticeKinds.Words;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** The inbox of every account. Written by whoever follows the event log, so nobody is told of what did not happen. */
@Component
public class Notices {

    /** A place in the list: whatever came before this notice. */
    public record Place(Instant at, long id) {}

    /** One who is told of something. @param values what stands in the places of the words; link: path of ours where they can see to it */
    public record Told(long account, int district, Map<String, String> values, String link) {}

    /** So many rows go to the database at once. */
    private static final int CHUNK = 2000;

    /**
     * The database notes when the transaction began that wrote a notice; for so long it may not have been there to be seen, and so far its
     * clock may be from ours.
     */
    private static final Duration WRITING = Duration.ofMinutes(2);

    private static final Place END_OF_TIME = new Place(Instant.parse("9999-12-31T00:00:00Z"), 0);

    private final JdbcClient jdbc;
    private final Ids ids;
    private final InstantSource clock;
    private final Mails mails;

    Notices(JdbcClient jdbc, Ids ids, InstantSource clock, Mails mails) {
        this.jdbc = jdbc;
        this.ids = ids;
        this.clock = clock;
        this.mails = mails;
    }

    /**
     * Tells an account, when the caller's transaction commits; by e-mail as well where it wants that.
     *
     * @param topic what its reader would look for it under; the room that sends it lists it among {@link NoticeKinds#more}
     * @param link path of ours where the reader can see to it, such as {@code /orders/340111-20412}
     */
    @Transactional(propagation = Propagation.MANDATORY)
    public void send(NoticeKinds.Topic topic, long account, int district, String title, String body, String link) {
        send(topic, account, district, title, body, link, clock.instant());
    }

    /** The same, of what happened at a moment: whoever follows the log may come to it later. */
    @Transactional(propagation = Propagation.MANDATORY)
    public void send(
            NoticeKinds.Topic topic, long account, int district, String title, String body, String link, Instant at) {
        if (!link.startsWith("/") || link.startsWith("//")) {
            throw new IllegalArgumentException("a notice leads to a page of ours, not to " + link);
        }
        jdbc.sql("""
                insert into notice (district, id, account, at, title, body, link)
                values (:district, :id, :account, :at, :title, :body, :link)
                """)
                .param("district", district)
                .param("id", ids.next("notice_seq"))
                .param("account", account)
                .param("at", Timestamp.from(at))
                .param("title", title)
                .param("body", body)
                .param("link", link)
                .update();
        // a letter has the title only: what else is said may be somebody's words, and mail travels in the open
        mails.tell(List.of(new Mails.News(account, district, topic, false, title, title + "。", link)));
    }

    /**
     * Tells many of one thing, in the words that hold for it on each channel, when the caller's transaction commits: a poll that opens
     * concerns more households than can be told one by one.
     */
    @Transactional(propagation = Propagation.MANDATORY)
    public void tell(NoticeTemplates.Book book, Kind kind, List<Told> all) {
        tell(book, kind, all, clock.instant());
    }

    /** The same, of what happened at a moment: whoever follows the log may come to it later. */
    @Transactional(propagation = Propagation.MANDATORY)
    public void tell(NoticeTemplates.Book book, Kind kind, List<Told> all, Instant at) {
        for (int from = 0; from < all.size(); from += CHUNK) {
            var some = all.subList(from, Math.min(from + CHUNK, all.size()));
            book.words(kind, Channel.INBOX).ifPresent(words -> insert(words, some, at));
            if (mails.works()) {
                book.words(kind, Channel.MAIL)
                        .ifPresent(words -> mails.tell(some.stream()
                                .map(one -> new Mails.News(
                                        one.account,
                                        one.district,
                                        kind.topic(),
                                        kind.urgent(),
                                        filled(words.title(), one.values),
                                        filled(words.text(), one.values),
                                        one.link))
                                .toList()));
            }
        }
    }

    private void insert(Words words, List<Told> all, Instant at) {
        jdbc.sql("""
                insert into notice (district, id, account, at, title, body, link)
                select d, i, a, :at, t, b, l
                from unnest(:districts, :ids, :accounts, :titles, :bodies, :links) as n (d, i, a, t, b, l)
                """)
                .param("at", Timestamp.from(at))
                .param("districts", all.stream().map(Told::district).toArray(Integer[]::new))
                .param("ids", all.stream().map(one -> ids.next("notice_seq")).toArray(Long[]::new))
                .param("accounts", all.stream().map(Told::account).toArray(Long[]::new))
                .param(
                        "titles",
                        all.stream()
                                .map(one -> filled(words.title(), one.values))
                                .toArray(String[]::new))
                .param(
                        "bodies",
                        all.stream()
                                .map(one -> filled(words.text(), one.values))
                                .toArray(String[]::new))
                .param("links", all.stream().map(Told::link).toArray(String[]::new))
                .update();
    }

    public int unread(Reader reader) {
        return jdbc.sql("select count(*) from notice where account = ? and read_at is null")
                .param(reader.account())
                .query(Integer.class)
                .single();
    }

    /** Newest first. */
    public List<Notice> list(Reader reader, @Nullable Place before, int most) {
        var from = before == null ? END_OF_TIME : before;
        return jdbc.sql("""
                select id, at, title, body, link, read_at from notice
                where account = :account and (at, id) < (:at, :id)
                order by at desc, id desc limit :most
                """)
                .param("account", reader.account())
                .param("at", Timestamp.from(from.at))
                .param("id", from.id)
                .param("most", most)
                .query((r, n) -> new Notice(
                        r.getLong("id"),
                        r.getTimestamp("at").toInstant(),
                        r.getString("title"),
                        r.getString("body"),
                        r.getString("link"),
                        r.getTimestamp("read_at") == null
                                ? null
                                : r.getTimestamp("read_at").toInstant()))
                .list();
    }

    /** Marks one of the reader's own as read and tells where it leads. */
    @Transactional
    public String open(Reader reader, long id) {
        jdbc.sql("update notice set read_at = ? where account = ? and id = ? and read_at is null")
                .params(Timestamp.from(clock.instant()), reader.account(), id)
                .update();
        return jdbc.sql("select link from notice where account = ? and id = ?")
                .params(reader.account(), id)
                .query(String.class)
                .optional()
                .orElseThrow(() -> new Missing("没有这条消息。"));
    }

    /**
     * Everything on the page the reader had before them, and what stood below it; what came in since stays unread, wherever it stands:
     * whoever follows the log may write later of what happened earlier.
     *
     * @param shown the notices on the page
     * @param asOf when the page was made
     */
    @Transactional
    public void readAll(Reader reader, Collection<Long> shown, Instant asOf) {
        jdbc.sql("""
                update notice set read_at = :now
                where account = :account and read_at is null
                  and (id = any(:shown)
                       or told_at < :before
                          and at <= (select min(s.at) from notice s where s.account = :account and s.id = any(:shown)))
                """)
                .param("now", Timestamp.from(clock.instant()))
                .param("account", reader.account())
                .param("shown", shown.toArray(Long[]::new))
                .param("before", Timestamp.from(asOf.minus(WRITING)))
                .update();
    }
}
