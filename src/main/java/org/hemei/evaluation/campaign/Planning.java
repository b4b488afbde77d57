package org.hemei.evaluation.campaign;

import java.time.InstantSource;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import org.hemei.evaluation.campaign.SampleDesk.Plan;
import org.hemei.evaluation.scheme.Scheme;
import org.hemei.evaluation.scheme.SchemeContent;
import org.hemei.evaluation.scheme.SchemeDesk;
import org.hemei.evaluation.scheme.Schemes;
import org.hemei.platform.Reader;
import org.hemei.platform.Refusal;
import org.hemei.platform.Refusal.Reason;
import org.hemei.platform.time.CivilTime;
import org.springframework.stereotype.Component;

/** Which plans of a campaign can be held to: one a year and place, with a seed nobody knows yet, of a year old enough to rate somebody. */
@Component
class Planning {

    private static final int LATEST_AGAIN = 30;

    /** What follows by the scheme from the day on which households are first asked; the last days. */
    record Dates(LocalDate collectUntil, LocalDate reviewUntil, LocalDate objectionUntil, LocalDate finalBy) {

        static Dates of(LocalDate collectFrom, SchemeContent content) {
            var until = collectFrom.plusDays(content.collectDays() - 1L);
            // sheets that came in before the close are keyed for three days
            var review = until.plusDays(1L + Math.max(content.reviewDays(), 4));
            var objections = review.plusDays(content.objectionDays());
            return new Dates(until, review, objections, objections.plusDays(content.reviewDays()));
        }
    }

    private final Campaigns campaigns;
    private final Schemes schemes;
    private final InstantSource clock;

    Planning(Campaigns campaigns, Schemes schemes, InstantSource clock) {
        this.campaigns = campaigns;
        this.schemes = schemes;
        this.clock = clock;
    }

    /** @return the scheme that is used */
    Scheme check(Reader reader, Plan plan) {
        List<Reason> reasons = new ArrayList<>();
        if (!SchemeDesk.keeper(reader).covers(plan.area())) {
            reasons.add(new Reason("area", "请选您管的地区。"));
        } else if (campaigns.taken(plan.area(), plan.year())) {
            reasons.add(new Reason("year", "这里 " + plan.year() + " 年已经有一次测评了，一个小区一年只测一次。"));
        }
        var scheme = schemes.holding(plan.area()).stream()
                .filter(one -> one.id() == plan.scheme())
                .findFirst();
        if (scheme.isEmpty()) {
            reasons.add(new Reason("scheme", "请选在这里用、已经发布的方案。"));
        }
        var today = CivilTime.date(clock.instant());
        if (!plan.collectFrom().isAfter(today.plusDays(1))) {
            reasons.add(new Reason("collectFrom", "测评最早从后天开始：种子最早明天出来，抽样、锁定以后再开始。"));
        }
        if (!plan.seedOn().isAfter(today) || !plan.seedOn().isBefore(plan.collectFrom())) {
            reasons.add(new Reason("seedOn", "种子最早明天出来，最晚在开始测评的前一天：封存名册的时候，谁也不能知道。"));
        }
        if (plan.collectFrom().getYear() < plan.year() || plan.collectFrom().getYear() > plan.year() + 1) {
            reasons.add(new Reason("collectFrom", "要在测评的那一年或下一年里。"));
        }
        if (reasons.isEmpty()) {
            tooShort(plan, scheme.orElseThrow().content(), reasons);
        }
        if (!reasons.isEmpty()) {
            throw new Refusal(reasons);
        }
        return scheme.orElseThrow();
    }

    /** A year that is asked about before it is old enough would rate nobody. */
    private static void tooShort(Plan plan, SchemeContent content, List<Reason> reasons) {
        var from = LocalDate.of(plan.year(), 1, 1);
        var days = ChronoUnit.DAYS.between(from, until(plan));
        if (days < content.leastDays()) {
            reasons.add(new Reason(
                    "collectFrom",
                    plan.year() + " 年到这一天只有 " + days + " 天，方案要求管满 " + content.leastDays() + " 天才评定，谁也评不出来。请从 "
                            + CivilTime.day(from.plusDays(content.leastDays())) + "起再开始，或者测评 " + (plan.year() - 1)
                            + " 年。"));
        }
    }

    /** The first day that is not looked at: that of the collecting, or of the next year. */
    private static LocalDate until(Plan plan) {
        var end = LocalDate.of(plan.year() + 1, 1, 1);
        return plan.collectFrom().isBefore(end) ? plan.collectFrom() : end;
    }

    /** What follows from a plan and its scheme. */
    static Campaigns.Draft draft(Plan plan, Scheme scheme) {
        var content = scheme.content();
        var from = LocalDate.of(plan.year(), 1, 1);
        var dates = Dates.of(plan.collectFrom(), content);
        return new Campaigns.Draft(
                plan.area(),
                plan.year(),
                scheme.id(),
                plan.title(),
                from,
                until(plan),
                plan.seedSource(),
                plan.seedOn(),
                plan.collectFrom(),
                dates.collectUntil,
                dates.reviewUntil,
                dates.objectionUntil,
                dates.finalBy);
    }

    /** When a second asking ends and what follows. People are told of it first, and nobody waits for it for months. */
    Dates again(LocalDate from, SchemeContent content) {
        var today = CivilTime.date(clock.instant());
        if (!from.isAfter(today) || from.isAfter(today.plusDays(LATEST_AGAIN))) {
            throw Refusal.of("from", "最早明天开始，最晚 " + LATEST_AGAIN + " 天以内。");
        }
        return Dates.of(from, content);
    }

    /** Whether a frame can be sealed anew for this seed: another one than may be known by now, of a later day. */
    void another(Campaign campaign, String seedSource, LocalDate seedOn) {
        List<Reason> reasons = new ArrayList<>();
        if (seedSource.strip().equals(campaign.seedSource())) {
            reasons.add(new Reason("seedSource", "要换一个种子：原来的可能已经有人知道了。"));
        }
        if (!seedOn.isAfter(CivilTime.date(clock.instant())) || !seedOn.isBefore(campaign.collectUntil())) {
            reasons.add(new Reason("seedOn", "种子最早明天出来，最晚在测评截止以前：封存名册的时候，谁也不能知道。"));
        }
        if (!reasons.isEmpty()) {
            throw new Refusal(reasons);
        }
    }
}
