package org.hemei.workorder.rates;

import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.hemei.access.Role;
import org.hemei.platform.Ids;
import org.hemei.platform.Missing;
import org.hemei.platform.Reader;
import org.hemei.platform.Refusal;
import org.hemei.platform.Stale;
import org.hemei.platform.attachment.Attachments;
import org.hemei.platform.log.Audit;
import org.hemei.platform.log.EventLog;
import org.hemei.platform.time.CivilTime;
import org.hemei.platform.time.WorkCalendars;
import org.hemei.workorder.OrderId;
import org.hemei.workorder.measure.Rate;
import org.hemei.workorder.measure.RateRules;
import org.hemei.workorder.measure.RateRules.Name;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** 申诉: files, decides, asks for the second look, decides that, takes back. A decision shows in the rates at once. */
@Service
public class AppealDesk {

    static final String OWNER_KIND = "rate_appeal";

    private final Appeals appeals;
    private final Rulings rulings;
    private final RateRules rules;
    private final Attachments attachments;
    private final WorkCalendars calendars;
    private final Ids ids;
    private final Audit audit;
    private final EventLog events;
    private final JdbcClient jdbc;
    private final InstantSource clock;

    AppealDesk(
            Appeals appeals,
            Rulings rulings,
            RateRules rules,
            Attachments attachments,
            WorkCalendars calendars,
            Ids ids,
            Audit audit,
            EventLog events,
            JdbcClient jdbc,
            InstantSource clock) {
        this.appeals = appeals;
        this.rulings = rulings;
        this.rules = rules;
        this.attachments = attachments;
        this.calendars = calendars;
        this.ids = ids;
        this.audit = audit;
        this.events = events;
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /** Until when an order's counting can be appealed; null while nothing has happened that could weigh. */
    @Nullable
    Instant until(Counted order) {
        return order.latest() == null ? null : after(order.latest(), Name.APPEAL_DAYS, order.community());
    }

    private Instant after(Instant from, Name days, String area) {
        return calendars.current().after(from, rules.of(days, area, CivilTime.date(from)));
    }

    /**
     * @param before an earlier holder, about whose first contact it is; null for the order as it counts for whoever holds it
     * @param evidence uploads of the reader's own
     */
    @Transactional
    public AppealId file(
            Reader reader,
            OrderId order,
            @Nullable Long before,
            List<Rate> rates,
            String reason,
            String words,
            Collection<UUID> evidence) {
        lock(order);
        var counted = appeals.counted(order, before).orElseThrow(() -> new Missing("没有这家处理单位的首次联系。"));
        var side = AppealRule.side(reader, counted);
        if (side == null) {
            throw concerned(reader, counted) ? Refusal.of("这张单怎么算，对您没有不利，不用申诉。") : new Missing("没有这张工单，或它怎么算和您无关。");
        }
        var named = appeals.reasons(side == Side.REPORTER).stream()
                .filter(r -> r.code().equals(reason))
                .findFirst()
                .orElse(null);
        var now = clock.instant();
        var wrong = new ArrayList<>(
                AppealRule.filing(counted, side, rates, named, words, !evidence.isEmpty(), until(counted), now));
        if (appeals.of(order).stream().anyMatch(appeal -> appeal.state().waits() && counted.holders(appeal))) {
            wrong.add(new Refusal.Reason(null, "这家在这张单上已经有一件申诉在等结果。等定了再看要不要申诉。"));
        }
        if (!wrong.isEmpty()) {
            throw new Refusal(wrong);
        }
        var id = new AppealId(order.district(), ids.next("rate_appeal_seq"));
        appeals.insert(Appeal.filed(
                id,
                counted,
                side,
                rates,
                reason,
                reader.account(),
                now,
                after(now, Name.DECIDE_DAYS, counted.community())));
        appeals.step(id, 0, AppealVerb.FILE, reader, side.words(), words.strip());
        attachments.attach(order.district(), evidence, OWNER_KIND, id.toString(), reader);
        tell(reader, id, order, counted.community(), AppealVerb.FILE, Map.of("reason", reason));
        return id;
    }

    /** Whoever changes the order or appeals as well waits here. */
    private void lock(OrderId order) {
        var there = jdbc.sql("select 1 from work_order where district = ? and id = ? for no key update")
                .params(order.district(), order.id())
                .query(Integer.class)
                .optional();
        if (there.isEmpty()) {
            throw new Missing("没有这张工单。");
        }
    }

    private static boolean concerned(Reader reader, Counted order) {
        return (order.reporter() != null && order.reporter() == reader.account())
                || reader.scope(Role.STREET, Role.DISTRICT, Role.CITY).covers(order.community());
    }

    /** By the street; after the second look was asked for, by the district. Always with written reasons. */
    @Transactional
    public void decide(Reader reader, AppealId id, int version, @Nullable Boolean upheld, String words) {
        var appeal = take(reader, id, version, upheld == null || upheld ? AppealVerb.UPHOLD : AppealVerb.REFUSE);
        var wrong = new ArrayList<Refusal.Reason>(
                AppealRule.deciding(reader, appeal, appeals.touched(appeal.order(), reader.account())));
        if (upheld == null) {
            wrong.add(new Refusal.Reason("upheld", "请选同意还是不同意。"));
        }
        wrong.addAll(reasons(words, "请写清为什么这样定，1000 字以内。申诉的和被申诉的都看得到。"));
        if (upheld == null || !wrong.isEmpty()) {
            throw new Refusal(wrong);
        }
        var verb = upheld ? AppealVerb.UPHOLD : AppealVerb.REFUSE;
        var first = appeal.state() == AppealState.FILED;
        var until = first ? after(clock.instant(), Name.SECOND_DAYS, appeal.community()) : null;
        appeals.update(appeal, verb.after(appeal.state()).orElseThrow(), until, upheld, reader);
        appeals.step(id, version + 1, verb, reader, first ? "街道" : "区里", words.strip());
        rulings.write(appeal.order());
        tell(reader, id, appeal.order(), appeal.community(), verb, Map.of("first", first));
    }

    /** By those against whom the street decided, within the time for it. What was decided holds meanwhile. */
    @Transactional
    public void askSecond(Reader reader, AppealId id, int version, String words) {
        var appeal = take(reader, id, version, AppealVerb.ASK_SECOND);
        var side = AppealRule.second(reader, appeal, clock.instant());
        if (side == null) {
            var over = appeal.dueAt() != null && clock.instant().isAfter(appeal.dueAt());
            throw Refusal.of(over ? "要求复核的时间过了。" : "定的结果没有对您不利，不用复核。");
        }
        var wrong = reasons(words, "请写清哪里定得不对，1000 字以内。");
        if (!wrong.isEmpty()) {
            throw new Refusal(wrong);
        }
        appeals.update(
                appeal, AppealState.SECOND, after(clock.instant(), Name.SECOND_DAYS, appeal.community()), null, reader);
        appeals.second(appeal, side, reader);
        appeals.step(id, version + 1, AppealVerb.ASK_SECOND, reader, side.words(), words.strip());
        tell(reader, id, appeal.order(), appeal.community(), AppealVerb.ASK_SECOND, Map.of());
    }

    /** By the side that filed it, before it is decided. */
    @Transactional
    public void withdraw(Reader reader, AppealId id, int version) {
        var appeal = take(reader, id, version, AppealVerb.WITHDRAW);
        if (!appeal.on(appeal.side(), reader)) {
            throw Refusal.of("只有申诉的一方能撤回。");
        }
        appeals.update(appeal, AppealState.WITHDRAWN, null, null, reader);
        appeals.step(id, version + 1, AppealVerb.WITHDRAW, reader, appeal.side().words(), "");
        tell(reader, id, appeal.order(), appeal.community(), AppealVerb.WITHDRAW, Map.of());
    }

    private static List<Refusal.Reason> reasons(String words, String otherwise) {
        return words.isBlank() || words.codePointCount(0, words.length()) > 1000
                ? List.of(new Refusal.Reason("words", otherwise))
                : List.of();
    }

    private Appeal take(Reader reader, AppealId id, int version, AppealVerb verb) {
        // the order first, as whoever moves it does; and what its appeals come to is written by one at a time
        appeals.find(id).filter(a -> a.mayRead(reader)).ifPresent(a -> lock(a.order()));
        var appeal = appeals.lock(id).filter(a -> a.mayRead(reader)).orElseThrow(() -> new Missing("没有这件申诉，或它不归您看。"));
        if (appeal.version() != version) {
            var last = appeals.steps(id).getLast();
            throw new Stale(last.as(), last.verb().words(), last.at());
        }
        if (verb.after(appeal.state()).isEmpty()) {
            throw Refusal.of("申诉现在是“" + appeal.state().words() + "”，不能" + verb.words() + "。");
        }
        return appeal;
    }

    private void tell(
            Reader reader, AppealId id, OrderId order, String community, AppealVerb verb, Map<String, Object> more) {
        var detail = new java.util.HashMap<String, Object>(more);
        detail.put("order", order.toString());
        audit.record(reader, id.district(), "rate_appeal." + verb.code(), OWNER_KIND, id, community, detail);
        detail.put("actor", reader.account());
        events.announce(id.district(), "rate_appeal." + verb.code(), id, detail);
    }
}
