package org.hemei.evaluation.campaign;

import static org.hemei.platform.time.CivilTime.day;

import java.time.Instant;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * 测评: the evaluation of one area for one year.
 *
 * @param from the first day whose contracts and cases count; until: the first that does not
 * @param seedSource where the seed will come from, told before anybody can know it; seedOn: on which day
 * @param frameHash over all units that can be drawn, sealed before the seed is known; framedAt: when
 */
public record Campaign(
        long id,
        String area,
        String areaName,
        int year,
        long scheme,
        String title,
        CampaignState state,
        int version,
        LocalDate from,
        LocalDate until,
        String seedSource,
        @Nullable LocalDate seedOn,
        Instant framedAt,
        String frameHash,
        @Nullable String seed,
        @Nullable String sampleHash,
        @Nullable Long poll,
        LocalDate collectFrom,
        LocalDate collectUntil,
        LocalDate reviewUntil,
        LocalDate objectionFrom,
        LocalDate objectionUntil,
        LocalDate finalBy,
        @Nullable Instant finalAt) {

    /** So many days before it begins the sample should be drawn. */
    private static final int DRAW_BEFORE = 3;

    public String path() {
        return "/campaigns/" + id;
    }

    /** The purpose of its poll. */
    public String purpose() {
        return "evaluation:" + id;
    }

    public boolean running() {
        return state != CampaignState.FINAL && state != CampaignState.CANCELLED;
    }

    /** Whether preliminary scores may be seen by everybody: from the day they are published for objection. */
    public boolean published() {
        return state == CampaignState.OBJECTION || state == CampaignState.FINAL;
    }

    /** Whether all its companies can object on this day; one whose score became worse since can for longer. */
    public boolean takesObjections(LocalDate today) {
        return state == CampaignState.OBJECTION && !today.isAfter(objectionUntil);
    }

    /** The day by which the state it is in should be over. */
    public LocalDate due() {
        return switch (state) {
            case PLANNED, DRAWN, SEALED -> collectFrom;
            case COLLECTING -> collectUntil.plusDays(1);
            case REVIEW -> reviewUntil;
            case PRELIMINARY -> objectionFrom;
            case OBJECTION, FINAL, CANCELLED -> finalBy;
        };
    }

    /** The last day of the state it is in, as lists name it; the clock ends the collecting on the day after. */
    public LocalDate lastDay() {
        return state == CampaignState.COLLECTING ? collectUntil : due();
    }

    /** Whether it stands still: its state should have been over before this day. */
    public boolean stalled(LocalDate today) {
        return running() && today.isAfter(due());
    }

    /**
     * Whether a person has to do something for it to go on: with the seed out, or soon before it begins without a sample; with a sample;
     * with all data in; and with scores that came too late for the calendar to publish.
     */
    public boolean asks(LocalDate today) {
        return switch (state) {
            case PLANNED -> !today.isBefore(seedOn == null ? collectFrom.minusDays(DRAW_BEFORE) : seedOn);
            case DRAWN, REVIEW -> true;
            case PRELIMINARY -> !today.isBefore(objectionFrom);
            case SEALED, COLLECTING, OBJECTION, FINAL, CANCELLED -> false;
        };
    }

    /** What it waits for, as its page says it. */
    public String waits() {
        return switch (state) {
            case PLANNED ->
                "等公布的种子" + (seedOn == null ? "" : "（" + day(seedOn) + "）") + "出来，填上就能抽样；" + day(collectFrom)
                        + "前要抽好、锁定";
            case DRAWN -> "等办测评的核对样本、锁定，" + day(collectFrom) + "前要锁定";
            case SEALED -> day(collectFrom) + "自动开始，不用谁点";
            case COLLECTING -> "住户在投票，测评员在看现场，" + day(collectUntil) + "为止，到时自动截止；街道社区在打分，打到 " + day(reviewUntil);
            case REVIEW -> "等票点完、检查和打分交齐，都齐了自动算初评；不齐的，办测评的在 " + day(reviewUntil) + "前定怎么算";
            case PRELIMINARY -> "请办测评的看过初评，" + day(objectionFrom) + "自动公示；算晚了的，请看过再点公示";
            case OBJECTION ->
                day(objectionUntil) + "为止，企业可以提异议。异议期满，异议都答复了，合同更正、测评员回避也都办完了，自动定终评，最晚 " + day(finalBy)
                        + "；后来改低的、新算给企业的得分，也要等它们的异议期满";
            case FINAL -> "办完了";
            case CANCELLED -> "取消了，什么也不算";
        };
    }
}
