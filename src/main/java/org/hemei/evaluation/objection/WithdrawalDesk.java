package org.hemei.evaluation.objection;

import java.time.InstantSource;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.hemei.evaluation.Interests;
import org.hemei.evaluation.campaign.Campaigns;
import org.hemei.evaluation.scheme.SchemeDesk;
import org.hemei.platform.Reader;
import org.hemei.platform.Refusal;
import org.hemei.platform.Refusal.Reason;
import org.hemei.platform.attachment.Attachments;
import org.hemei.platform.log.Audit;
import org.hemei.platform.log.EventLog;
import org.hemei.platform.time.CivilTime;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * A company takes an objection back on paper as it can make one: entered with the sheet, and the company is told (decision 72);
 * what was entered wrongly is put back.
 */
@Service
class WithdrawalDesk {

    private static final int LONGEST = 200;

    private final ObjectionDesk desk;
    private final FilingDesk filing;
    private final Campaigns campaigns;
    private final Objections objections;
    private final Interests interests;
    private final Attachments attachments;
    private final Audit audit;
    private final EventLog events;
    private final InstantSource clock;

    WithdrawalDesk(
            ObjectionDesk desk,
            FilingDesk filing,
            Campaigns campaigns,
            Objections objections,
            Interests interests,
            Attachments attachments,
            Audit audit,
            EventLog events,
            InstantSource clock) {
        this.desk = desk;
        this.filing = filing;
        this.campaigns = campaigns;
        this.objections = objections;
        this.interests = interests;
        this.attachments = attachments;
        this.audit = audit;
        this.events = events;
        this.clock = clock;
    }

    /** @param day on which the paper came; scans: the sheet */
    @Transactional
    void withdrawn(Reader reader, long id, int version, @Nullable LocalDate day, Collection<UUID> scans) {
        var objection = desk.take(reader, id, version);
        if (!SchemeDesk.keeper(reader).covers(objection.area())) {
            throw Refusal.of("书面撤回的，由办测评的录入。");
        }
        // it ends the objection as an answer does
        var reasons = new ArrayList<>(desk.against(reader, objection));
        var made = Objects.requireNonNullElseGet(objection.receivedOn(), () -> CivilTime.date(objection.filedAt()));
        if (day == null || day.isBefore(made) || day.isAfter(CivilTime.date(clock.instant()))) {
            reasons.add(new Reason("withdrawnOn", "请填收到撤回的日子，在提异议的那天到今天之间。"));
        }
        if (scans.isEmpty()) {
            reasons.add(new Reason("papers", "请附上书面撤回的扫描件（PDF）。"));
        }
        if (!reasons.isEmpty()) {
            throw new Refusal(reasons);
        }
        objections.withdraw(id, day);
        attachments.attach(objection.district(), scans, ObjectionDesk.KIND, String.valueOf(id), reader);
        record(reader, objection, "take_back", "withdraw", Map.of("on", String.valueOf(day)));
    }

    /** The company did not take it back, or not this one: it waits for its answer again, whatever became final meanwhile. */
    @Transactional
    void restored(Reader reader, long id, int version, String why) {
        var objection = desk.take(reader, id, version, Objection.State.WITHDRAWN);
        if (!SchemeDesk.keeper(reader).covers(objection.area())) {
            throw Refusal.of("录错的撤回，由办测评的恢复。");
        }
        if (objection.withdrawnOn() == null) {
            throw Refusal.of("这件是企业自己撤回的，不能恢复。异议期内，企业可以再提。");
        }
        List<Reason> reasons = new ArrayList<>();
        if (interests.at(reader, objection.campaign(), objection.estate())) {
            reasons.add(new Reason(null, Interests.WORDS));
        }
        var kind = objection.dimension();
        if (objections.running(
                objection.project(), kind == null ? Objection.CONTRACT.toUpperCase(Locale.ROOT) : kind.name())) {
            reasons.add(new Reason(null, "企业对这一部分又提了一件，在等答复。一起答复那一件。"));
        }
        if (why.isBlank() || why.length() > LONGEST) {
            reasons.add(new Reason("restoredWhy", "请写撤回怎么录错了，" + LONGEST + " 字以内，企业看得到。"));
        }
        if (!reasons.isEmpty()) {
            throw new Refusal(reasons);
        }
        var due = filing.due(campaigns.find(objection.campaign()).orElseThrow());
        objections.restore(id, due, reader.account(), why.strip(), clock.instant());
        record(reader, objection, "restore", "restored", Map.of());
    }

    private void record(Reader reader, Objection objection, String verb, String event, Map<String, String> detail) {
        audit.record(
                reader,
                objection.district(),
                ObjectionDesk.KIND + "." + verb,
                ObjectionDesk.KIND,
                objection.id(),
                objection.area(),
                detail);
        events.announce(
                objection.district(),
                "evaluation.objection." + event,
                objection.id(),
                Map.of("objection", objection.id(), "paper", true, "actor", reader.account()));
    }
}
