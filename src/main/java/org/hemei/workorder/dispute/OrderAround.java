package org.hemei.workorder.dispute;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.hemei.platform.time.CivilTime;
import org.hemei.workorder.HotlineDay;
import org.hemei.workorder.OrderId;
import org.hemei.workorder.ReturnGround;
import org.hemei.workorder.SupervisionGround;
import org.jspecify.annotations.Nullable;

/** What stands around an order beside its own course: disputes, supervision, leaders' marks, who joined, where it went. */
public record OrderAround(
        List<Dispute> disputes,
        @Nullable Supervision supervision,
        List<Mark> marks,
        List<Met> met,
        List<Merged> merged,
        @Nullable Channel channel,
        @Nullable Transfer transfer,
        @Nullable Incident incident,
        @Nullable Hotline hotline) {

    public static final OrderAround NOTHING =
            new OrderAround(List.of(), null, List.of(), List.of(), List.of(), null, null, null, null);

    /** @param number 1: the community decides; 2: the street */
    public record Dispute(
            int number,
            String holder,
            ReturnGround ground,
            Instant raisedAt,
            Instant dueAt,
            @Nullable String outcome,
            @Nullable String named) {

        public String outcomeWords() {
            return switch (outcome) {
                case "granted" -> "同意了，另派别家";
                case "refused" -> "没同意，接着办";
                case "referred" -> "归外面办，告诉点单人了";
                case "ruled" -> "街道裁定由" + named + "办";
                case null, default -> number == 1 ? "等社区定" : "等街道裁定";
            };
        }
    }

    public record Supervision(SupervisionGround ground, Instant openedAt, Instant dueAt, boolean answered) {}

    /** @param answer empty until it is given */
    public record Mark(
            long id,
            String leader,
            LocalDate saidOn,
            String words,
            String addressee,
            Instant dueAt,
            boolean answered,
            String answer) {

        public String to() {
            return switch (addressee) {
                case "holder" -> "处理单位";
                case "community" -> "社区";
                default -> "街道";
            };
        }
    }

    /** How many met the same in one building; null where they did not say. */
    public record Met(@Nullable String building, int homes) {

        public String words() {
            return (building == null ? "没写楼栋" : building) + " " + homes + " 户";
        }
    }

    public record Merged(
            OrderId id,
            Instant submittedAt,
            String title,
            @Nullable Boolean solved) {

        public String number() {
            return id.number(submittedAt);
        }
    }

    /**
     * The matter of the hotline that it came from.
     *
     * @param due the last day that the hotline gives; null when it gives none
     * @param before the order it was before the hotline sent it again; @param again the order it is since
     */
    public record Hotline(
            String number,
            @Nullable LocalDate due,
            @Nullable OrderId before,
            @Nullable OrderId again) {

        public boolean late(@Nullable Instant done, Instant now) {
            return due != null && CivilTime.date(done == null ? now : done).isAfter(due);
        }
    }

    /** Where the resident was told to go. */
    public record Channel(long id, String name, String matters, String address, String phone, String basis) {}

    /** @param became address of what it has become on the other side */
    public record Transfer(
            String to,
            Instant dueAt,
            String state,
            @Nullable String became) {}

    public record Incident(int district, long id, String title, boolean running) {

        public String path() {
            return "/incidents/" + district + "-" + id;
        }
    }

    /** The day that the hotline gives, while it lies ahead. */
    public @Nullable LocalDate hotlineDay(Instant now) {
        var day = hotline == null ? null : hotline.due;
        return day != null && HotlineDay.end(day).isAfter(now) ? day : null;
    }

    /** 3幢 2 户、5幢 1 户 */
    public String metWords() {
        return String.join("、", met.stream().map(Met::words).toList());
    }
}
