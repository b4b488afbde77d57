package org.hemei.workorder.news;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.hemei.platform.notice.NoticeKinds;
import org.hemei.workorder.Verb;
import org.springframework.stereotype.Component;

/** The news of orders as kinds of notice: of which sort each is, on which channels it can go, and the words it comes with. */
@Component
class OrderKinds implements NoticeKinds {

    private static final Topic DECISION = new Topic("order_decision", "对您的单的决定", "不予受理、答复、合并、移交", true, true);
    private static final Topic RATING = new Topic("order_rating", "请您评价", "核验过了，等您说修没修好；评价快截止", false, true);
    private static final Topic PROGRESS = new Topic("order_progress", "您的单的进展", "派单、接单、办好、补充情况", false, false);
    private static final Topic CONTACT = new Topic("order_contact", "处理单位联系您", "给您的留言、记了联系过您", false, true);
    private static final Topic WORK = new Topic("order_work", "要您办的单", "来了新单、请您接单、协办、核验", false, false).onDuty();
    private static final Topic PRESSING =
            new Topic("order_pressing", "催办和退回", "催办、没联系上、退回重办、没解决、快到时限", false, false).onDuty();

    /** Somebody without an account, for whom an order was filed. */
    static final String CALLER = "caller";

    /** The same, where their matter was joined to another's: they are told how that stands, never in words that were said to another. */
    static final String JOINED_CALLER = "joined_caller";

    /** Urgent orders among both: by text message at night as well, unless somebody says no. */
    static final Topic URGENT = new Topic("order_urgent", "紧急单", "来了紧急单、紧急单超时，夜里也发短信", false, true).onDuty();

    /** Who is on duty can have text messages: of urgent orders unless they say no, of others if they say so. */
    private static final Set<String> TEXTED = Set.of("reporter", "community", "holder", "level");

    private static final Set<String> TO_PEOPLE = Set.of("reporter", "joiner", "merged");
    private static final Set<String> DECISIONS = Set.of(
            "reject",
            "answer",
            "merge",
            "unmerge",
            NewsRules.GIVEN_BACK,
            "refer",
            "offer_transfer",
            "take_transfer",
            "decline_transfer",
            "recall_transfer");
    private static final Set<String> PRESSES = Set.of(
            "urge",
            NewsRules.PRESSED,
            "deny_contact",
            "send_back",
            "reopen",
            "warn",
            "escalate",
            NewsRules.ASIDE,
            "supervise",
            "return_answer",
            "instruct");

    /** The only ones that come as a text message without anybody asking: no, an answer, a message, and 请评价. */
    private static final Map<String, String> TEXTS = Map.of(
            "reject",
            "【和美】您的单 {order} 社区没有受理，写了该去哪儿办，请登录看看。",
            "answer",
            "【和美】您的单 {order} 社区答复了，请登录看看。",
            "refer",
            "【和美】您的单 {order} 归别处办，写了去哪儿、电话多少，请登录看看。",
            "verify",
            "【和美】您的单 {order} 核验过了。修没修好，请登录评价，截止 {due}。",
            NewsRules.MESSAGE,
            "【和美】您的单 {order}，处理单位给您留言了，请登录看看。");

    /** Whoever phoned or came cannot open anything: the text says it all. */
    private static final Map<String, String> CALLER_TEXTS = Map.of(
            "reject",
            "【和美】您向{community}反映的事（{estate}，单号 {order}）没有受理。{said}",
            "answer",
            "【和美】您向{community}反映的事（{estate}，单号 {order}）答复如下：{said}还没解决请再打电话。",
            "refer",
            "【和美】您向{community}反映的事（{estate}，单号 {order}）归别处办。{said}",
            "verify",
            "【和美】您向{community}反映的事（{estate}，单号 {order}）核验过了，{due} 前社区可能会打电话问您修没修好。没修好，请再打电话。",
            "merge",
            "【和美】您向{community}反映的事（{estate}，单号 {order}）和别人反映的同一件事合在一起办，不用再报。想问办得怎样，请再打电话。",
            NewsRules.MESSAGE,
            "【和美】您向{community}反映的事（{estate}，单号 {order}），处理单位留言：{said}要回话，请打电话给社区。");

    private static final Map<String, String> JOINED_CALLER_TEXTS = Map.of(
            "answer", "【和美】您向{community}反映的事（{estate}，单号 {order}）是合在一起办的，社区答复了。怎么答复的，请打电话问社区。",
            "refer", "【和美】您向{community}反映的事（{estate}，单号 {order}）是合在一起办的，归别处办。去哪儿办，请打电话问社区。",
            "verify", "【和美】您向{community}反映的事（{estate}，单号 {order}）是合在一起办的，办完核验过了，社区可能会打电话问您修没修好。没修好，请再打电话。");

    /** To whoever is on duty, by event and who. */
    private static final Map<String, String> DUTY_TEXTS = Map.of(
            "submit community", "【和美】{estate}来了{urgency}单 {order}，等您受理，时限 {due}。请登录办理。",
            "dispatch holder", "【和美】{estate}派来{urgency}单 {order}，等您接单，时限 {due}。请登录办理。",
            "correct holder", "【和美】{estate}的单 {order} 社区更正了，现在是{urgency}单，时限 {due}。请登录办理。",
            "rule holder", "【和美】{estate}的{urgency}单 {order}，街道裁定由您单位办，时限 {due}。请登录办理。",
            "reopen holder", "【和美】{estate}的{urgency}单 {order}，居民说没解决，时限 {due}。请登录办理。",
            "warn level", "【和美】{estate}的{urgency}单 {order}快到期了，时限 {due}。请登录看看。",
            "escalate level", "【和美】{estate}的{urgency}单 {order}超时，报到您这儿了。请登录看看。");

    private static final Map<String, String> PLACES = places();

    private static Map<String, String> places() {
        Map<String, String> places = new LinkedHashMap<>();
        places.put("order", "261123-20412");
        places.put("estate", "和平花园");
        places.put("due", "11月27日 周五 17:30");
        places.put("urgency", "紧急");
        return places;
    }

    private static Map<String, String> callerPlaces(String who) {
        Map<String, String> places = new LinkedHashMap<>(PLACES);
        places.put("community", "滨湖社区");
        if (who.equals(CALLER)) {
            places.put("said", "电梯停用是年检，今晚八点恢复。");
        }
        return places;
    }

    private static final List<Kind> KINDS =
            Arrays.stream(NewsRules.ALL).map(OrderKinds::kind).toList();

    @Override
    public List<Kind> kinds() {
        return KINDS;
    }

    @Override
    public List<Topic> more() {
        return List.of(URGENT);
    }

    private static Kind kind(String[] rule) {
        var verb = rule[0];
        var who = rule[1];
        if (who.equals(CALLER) || who.equals(JOINED_CALLER)) {
            var texts = who.equals(CALLER) ? CALLER_TEXTS : JOINED_CALLER_TEXTS;
            return new Kind(
                    NewsRules.PREFIX + verb,
                    words(verb),
                    who,
                    whom(who),
                    verb.equals("verify") ? RATING : DECISION,
                    false,
                    Map.of(Channel.SMS, new Words("", Objects.requireNonNull(texts.get(verb)))),
                    List.of(Channel.SMS),
                    callerPlaces(who));
        }
        Map<Channel, Words> words = new EnumMap<>(Channel.class);
        words.put(Channel.INBOX, new Words(rule[2], ""));
        words.put(Channel.MAIL, new Words("和美：" + rule[2], letter(who, rule[2])));
        var text = who.equals("reporter") ? TEXTS.get(verb) : DUTY_TEXTS.get(verb + " " + who);
        if (text != null) {
            words.put(Channel.SMS, new Words("", text));
        }
        var channels = TEXTED.contains(who)
                ? List.of(Channel.INBOX, Channel.SMS, Channel.MAIL)
                : List.of(Channel.INBOX, Channel.MAIL);
        return new Kind(
                NewsRules.PREFIX + verb, words(verb), who, whom(who), topic(verb, who), false, words, channels, PLACES);
    }

    private static String words(String verb) {
        var ours = NewsRules.OURS.get(verb);
        return ours == null ? Verb.of(verb).words() : ours;
    }

    private static String letter(String who, String words) {
        return TO_PEOPLE.contains(who)
                ? "您在{estate}的单（单号 {order}）：" + words + "。"
                : "{estate}，单号 {order}：" + words + "。\n这一步的时限：{due}";
    }

    private static String whom(String who) {
        return switch (who) {
            case "reporter" -> "点单人";
            case CALLER -> "来电（访）的人，没有账号";
            case JOINED_CALLER -> "合在一起的来电（访）人";
            case "joiner" -> "也遇到的居民";
            case "community" -> "社区";
            case "holder" -> "处理单位";
            case "assignee" -> "处理人员";
            case "helper" -> "协办单位";
            case "previous" -> "原来的处理单位";
            case "cancelled" -> "不用再协办的单位";
            case "helper_due" -> "快到期的协办单位";
            case "verifier" -> "核验的人";
            case "level" -> "上一级";
            case "decider" -> "定退单的社区或街道";
            case "asker" -> "请来协办的社区或街道";
            case "answerer" -> "要答复督办的单位";
            case "addressee" -> "承办批示的人";
            case "recorder" -> "登记批示的人";
            case "receiver" -> "接移交的社区";
            case "merged" -> "合在一起的点单人";
            case "street" -> "街道";
            case "district" -> "区";
            case "city" -> "市";
            default -> who;
        };
    }

    private static Topic topic(String verb, String who) {
        if (!TO_PEOPLE.contains(who)) {
            return PRESSES.contains(verb) ? PRESSING : WORK;
        }
        if (DECISIONS.contains(verb)) {
            return DECISION;
        }
        if (verb.equals("contact") || verb.equals(NewsRules.MESSAGE)) {
            return CONTACT;
        }
        return verb.equals("verify") && !who.equals("joiner") || verb.equals(NewsRules.RATING_ENDS) ? RATING : PROGRESS;
    }
}
