package org.hemei.platform.notice;

import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What the people of one room are told of, with the words that come with the application. A room that tells people something in
 * words that a place may want to change has a bean of this type; its words then stand on the page of the templates.
 */
public interface NoticeKinds {

    /** Ways to reach somebody. */
    enum Channel {
        INBOX("站内消息"),
        SMS("短信"),
        MAIL("邮件");

        private final String words;

        Channel(String words) {
            this.words = words;
        }

        public String words() {
            return words;
        }

        public String code() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * A sort of news that people want or do not want.
     *
     * @param must whether it is told in any case, such as a decision on one's own request
     * @param sms whether it comes as a text message to whoever said nothing
     * @param duty whether it only ever concerns somebody on duty; residents are not asked about it
     */
    record Topic(String code, String words, String about, boolean must, boolean sms, boolean duty) {

        public Topic(String code, String words, String about, boolean must, boolean sms) {
            this(code, words, about, must, sms, false);
        }

        public Topic onDuty() {
            return new Topic(code, words, about, must, sms, true);
        }
    }

    /** Of who does whose duty. Its code is older than its words: whoever said no to it said no to these. */
    Topic DUTIES = new Topic("other", "代办和任职", "请您代办、代办结束、有人两头任职、组织关系转来", false, false).onDuty();

    /** Of programs that work with ours: the room of webhooks and that of tokens tell of them. */
    Topic PROGRAMS = new Topic("programs", "程序对接", "令牌可以领了、作废了，推送停了", false, false).onDuty();

    /** The letter of the morning, which holds all sorts. */
    Topic DIGEST = new Topic("digest", "每日一封", "一天的消息合成一封", false, false);

    /** @param title of a notice or a letter; empty for a text message */
    record Words(String title, String text) {}

    /**
     * @param event what happened, such as {@code work_order.verify}
     * @param who to whom it is said, such as {@code reporter}
     * @param urgent whether it goes out in quiet hours and beside the daily letter
     * @param words by channel; a channel without words is not used unless somebody writes some
     * @param channels those that can be used
     * @param places names that words can hold in braces, each with an example
     */
    record Kind(
            String event,
            String eventWords,
            String who,
            String whoWords,
            Topic topic,
            boolean urgent,
            Map<Channel, Words> words,
            List<Channel> channels,
            Map<String, String> places) {

        /**
         * What is said in the inbox and by mail alike, never urgent. The letter has the title alone: what else is said may be
         * somebody's words, and mail travels in the open.
         */
        public static Kind of(
                String event,
                String eventWords,
                String who,
                String whoWords,
                Topic topic,
                Words words,
                Map<String, String> places) {
            return new Kind(
                    event,
                    eventWords,
                    who,
                    whoWords,
                    topic,
                    false,
                    Map.of(Channel.INBOX, words, Channel.MAIL, new Words("和美：" + words.title, words.title + "。")),
                    List.of(Channel.INBOX, Channel.MAIL),
                    places);
        }
    }

    /** Those whose words a place may change; none where a room speaks in its own words only. */
    default List<Kind> kinds() {
        return List.of();
    }

    /** Sorts of news that no kind is of by itself: what is urgent among those of several kinds, and what is told in fixed words. */
    default List<Topic> more() {
        return List.of();
    }
}
