package org.hemei.platform.notice;

import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.hemei.platform.Reader;
import org.hemei.platform.notice.NoticeKinds.Channel;
import org.hemei.platform.notice.NoticeKinds.Topic;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** What somebody wants to be told of, and how. What must be told is no choice, and the inbox has everything. */
@Component
public class NoticeChoices {

    private final ObjectProvider<NoticeKinds> rooms;
    private final JdbcClient jdbc;

    NoticeChoices(ObjectProvider<NoticeKinds> rooms, JdbcClient jdbc) {
        this.rooms = rooms;
        this.jdbc = jdbc;
    }

    /** All sorts of news there are; what must be told first. */
    List<Topic> topics() {
        Map<String, Topic> topics = new LinkedHashMap<>();
        rooms.stream()
                .flatMap(room -> room.kinds().stream())
                .map(NoticeKinds.Kind::topic)
                .forEach(topic -> topics.putIfAbsent(topic.code(), topic));
        rooms.stream().flatMap(room -> room.more().stream()).forEach(topic -> topics.putIfAbsent(topic.code(), topic));
        return topics.values().stream()
                .sorted(java.util.Comparator.comparing((Topic topic) -> !topic.must()))
                .toList();
    }

    /** Those a reader can be told of: whoever only lives somewhere is not asked about what is for people on duty. */
    List<Topic> topics(Reader reader) {
        return lives(reader) ? topics().stream().filter(topic -> !topic.duty()).toList() : topics();
    }

    static boolean lives(Reader reader) {
        return reader.grants().stream().allMatch(grant -> grant.unit() != null);
    }

    /** Codes of those that can come as a text message at all. */
    Set<String> texted() {
        return Stream.concat(
                        rooms.stream()
                                .flatMap(room -> room.kinds().stream())
                                .filter(kind -> kind.channels().contains(Channel.SMS))
                                .map(NoticeKinds.Kind::topic),
                        topics().stream().filter(Topic::sms))
                .map(Topic::code)
                .collect(Collectors.toSet());
    }

    Optional<Topic> topic(String code) {
        return topics().stream().filter(topic -> topic.code().equals(code)).findFirst();
    }

    /** What an account said, by sort. */
    Map<String, Boolean> of(long account, Channel channel) {
        Map<String, Boolean> said = new LinkedHashMap<>();
        jdbc.sql("select topic, wanted from notice_choice where account = ? and channel = ?")
                .params(account, channel.code())
                .query(r -> {
                    said.put(r.getString(1), r.getBoolean(2));
                });
        return said;
    }

    /** What some accounts said of text messages; whoever said nothing of a topic is told as it is told to all. */
    public record BySms(Map<Long, Map<String, Boolean>> said) {

        public boolean wants(long account, Topic topic) {
            return topic.must() || said.getOrDefault(account, Map.of()).getOrDefault(topic.code(), topic.sms());
        }
    }

    /** One look for a whole batch of news. */
    public BySms bySms(Collection<Long> accounts) {
        Map<Long, Map<String, Boolean>> said = new HashMap<>();
        jdbc.sql("select account, topic, wanted from notice_choice where channel = 'sms' and account = any (?)")
                .param(accounts.stream().distinct().toArray(Long[]::new))
                .query(r -> {
                    said.computeIfAbsent(r.getLong(1), account -> new HashMap<>())
                            .put(r.getString(2), r.getBoolean(3));
                });
        return new BySms(said);
    }

    /** Whether anybody is told of any of these by text message. */
    public boolean anyBySms(Collection<Topic> topics) {
        return topics.stream().anyMatch(topic -> topic.must() || topic.sms())
                || jdbc.sql("""
                        select exists (select from notice_choice where channel = 'sms' and wanted and topic = any (?))
                        """)
                        .param(topics.stream().map(Topic::code).distinct().toArray(String[]::new))
                        .query(Boolean.class)
                        .single();
    }

    @Transactional(propagation = Propagation.MANDATORY)
    void set(long account, String topic, Channel channel, boolean wanted) {
        jdbc.sql("""
                        insert into notice_choice (account, topic, channel, wanted) values (?, ?, ?, ?)
                        on conflict (account, topic, channel) do update set wanted = excluded.wanted
                        """).params(account, topic, channel.code(), wanted).update();
    }

    /** Sets all that the reader is asked about as the form has them. */
    @Transactional
    public void setAll(Reader reader, List<String> sms, List<String> mail, boolean digest) {
        for (var topic : topics(reader)) {
            if (!topic.must()) {
                set(reader.account(), topic.code(), Channel.SMS, sms.contains(topic.code()));
                set(reader.account(), topic.code(), Channel.MAIL, mail.contains(topic.code()));
            }
        }
        jdbc.sql("update mail_address set digest = ? where account = ?")
                .params(digest, reader.account())
                .update();
    }
}
