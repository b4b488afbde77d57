package org.hemei.registry.body;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.hemei.registry.Bodies;
import org.hemei.registry.BodyKind;
import org.hemei.registry.SmallCount;
import org.jspecify.annotations.Nullable;

/** All that the page of one body shows, as of a day; what happened to it is shown whole. */
record BodyView(
        Bodies.Body body,
        int version,
        String areaName,
        @Nullable String estateName,
        @Nullable String estateArea,
        @Nullable String successorName,
        @Nullable Long successor,
        @Nullable String ending,
        List<Bodies.Body> path,
        List<Bodies.Body> children,
        List<OneName> names,
        List<Holder> holders,
        List<String> buildings,
        SmallCount full,
        SmallCount joined,
        List<Change> changes) {

    /** How many in office the page lists; the holders are one more where there are others. */
    public static final int SHOWN = 20;

    record OneName(
            String name,
            String brief,
            LocalDate from,
            @Nullable LocalDate until) {}

    /** @param appointment its page; {@code until}: the first day out of office */
    record Holder(
            long appointment,
            String post,
            String name,
            LocalDate since,
            @Nullable LocalDate until) {}

    /**
     * @param from what it was before: a name, or the name of a body
     * @param corrected the day that was entered at first, where a later entry put it right
     * @param takenBack with the import that wrote it
     * @param restored it never ended
     * @param other told here because another body merged into this one: its day is that one's
     */
    record Change(
            long id,
            LocalDate day,
            String verb,
            @Nullable String from,
            @Nullable String to,
            @Nullable String basis,
            @Nullable String who,
            Instant at,
            boolean corrected,
            boolean takenBack,
            boolean restored,
            boolean other) {

        String words() {
            return switch (verb) {
                case "founded" -> "成立";
                case "renamed" -> "更名";
                case "moved" -> "换上级";
                case "relocated" -> "随小区换社区";
                case "seated" -> "换登记地";
                case "name_corrected" -> "更正名称";
                case "buildings" -> "调整楼栋";
                case "restored" -> "恢复";
                case "merged" -> "合并";
                case "dissolved" -> "撤销";
                case "taken_back", "name_taken_back" -> "撤销了导入";
                default -> from == null ? "更正登记" : "更正日期";
            };
        }

        String detail() {
            return switch (verb) {
                case "renamed" -> from + " 改叫 " + to;
                case "moved" -> (from == null ? "" : "从 " + from) + " 转到 " + (to == null ? "没有上级" : to);
                case "buildings" -> "加 " + to + " 栋，减 " + from + " 栋";
                case "name_corrected" -> from + " 应为 " + to;
                case "relocated", "seated" -> "从 " + from + " 换到 " + to;
                case "merged" -> from + " 并入 " + to;
                case "corrected" -> from == null ? "" : from + " 应为 " + to;
                case "name_taken_back" -> "还叫 " + from;
                case "taken_back" -> to == null ? "" : "还归 " + (from == null ? "没有上级" : from);
                default -> "";
            };
        }

        boolean canCorrect() {
            return !corrected
                    && !takenBack
                    && !restored
                    && !other
                    && List.of("founded", "renamed", "moved", "relocated", "seated", "merged", "dissolved")
                            .contains(verb);
        }
    }

    BodyKind kind() {
        return body.kind();
    }

    /** Names that it is to have later, entered ahead. */
    List<OneName> planned(LocalDate today) {
        return names.stream()
                .filter(name -> name.from().isAfter(today) && body.since().isBefore(name.from()))
                .toList();
    }

    /** Whether its estate has come under another community, and it has not followed. */
    boolean astray() {
        return estateArea != null && !estateArea.equals(body.area());
    }

    /** Whether it was there on the day looked at. */
    boolean stands(LocalDate on) {
        return body.standsOn(on);
    }
}
