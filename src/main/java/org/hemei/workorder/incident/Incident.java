package org.hemei.workorder.incident;

import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.List;
import org.hemei.platform.time.CivilTime;
import org.hemei.workorder.OrderId;
import org.hemei.workorder.OrderState;
import org.jspecify.annotations.Nullable;

/**
 * 群体事件: something that meets many at once, such as 停水, told once to a building, an estate or a community.
 *
 * @param estate null for the whole community
 * @param category a leaf, or a branch with all its leaves
 * @param body the holder that published it; null: the community
 */
record Incident(
        IncidentId id,
        int version,
        String community,
        String communityName,
        @Nullable Long estate,
        @Nullable String estateName,
        @Nullable Long building,
        @Nullable String buildingName,
        String category,
        String categoryName,
        @Nullable Long body,
        @Nullable String bodyName,
        String title,
        String words,
        Instant publishedAt,
        Instant expectedEnd,
        boolean running,
        @Nullable Instant endedAt,
        int attached,
        int joined) {

    /** What was said of it, first to last. */
    record Note(
            Instant at,
            String kind,
            String words,
            @Nullable Instant expectedEnd,
            @Nullable String who) {

        String says() {
            return switch (kind) {
                case "publish" -> "发通知";
                case "end" -> "结束";
                default -> "更新";
            };
        }
    }

    /** An order that belongs to it, or could. */
    record Order(
            OrderId id,
            int version,
            Instant submittedAt,
            String title,
            @Nullable String building,
            OrderState state,
            @Nullable String holder) {

        String number() {
            return id.number(submittedAt);
        }
    }

    /** What ending it can do to one order by this reader, or whose turn it is. */
    enum Settling {
        ANSWER("社区答复"),
        RESOLVE("报处理好"),
        OTHERS("由别的一方来办"),
        ENDED("已经结束");

        private final String words;

        Settling(String words) {
            this.words = words;
        }

        String words() {
            return words;
        }
    }

    record Settled(Order order, Settling by) {}

    String place() {
        if (estate == null) {
            return communityName + "全部小区";
        }
        return buildingName == null ? String.valueOf(estateName) : estateName + " " + buildingName;
    }

    String publisher() {
        return bodyName == null ? communityName : bodyName;
    }

    boolean overdue(Instant now) {
        return running && expectedEnd.isBefore(now);
    }

    /** As a field for day and time holds it. */
    static String local(Instant at) {
        return LOCAL.format(at.atZone(CivilTime.ZONE));
    }

    private static final DateTimeFormatter LOCAL = DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm");

    /** What ending it does at the same time, in a sentence. */
    static String then(int answers, int reports, int others) {
        var parts = new java.util.ArrayList<String>();
        if (answers > 0) {
            parts.add("直接答复 " + answers + " 件");
        }
        if (reports > 0) {
            parts.add("报处理好 " + reports + " 件，照常核验、评价");
        }
        if (others > 0) {
            parts.add("其余 " + others + " 件由另一方来办");
        }
        return parts.isEmpty() ? "没有归并的单要办。" : "结束的同时：" + String.join("；", parts) + "。";
    }

    static int count(List<Settled> settled, Settling by) {
        return (int) settled.stream().filter(s -> s.by == by).count();
    }
}
