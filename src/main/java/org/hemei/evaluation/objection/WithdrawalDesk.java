package org.hemei.evaluation.objection;

import java.time.InstantSource;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.hemei.evaluation.Interests;
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

/** A company takes an objection back on paper as it can make one: entered with the sheet, and the company is told (decision 72). */
@Service
class WithdrawalDesk {

    private final ObjectionDesk desk;
    private final Objections objections;
    private final Interests interests;
    private final Attachments attachments;
    private final Audit audit;
    private final EventLog events;
    private final InstantSource clock;

    WithdrawalDesk(
            ObjectionDesk desk,
            Objections objections,
            Interests interests,
            Attachments attachments,
            Audit audit,
            EventLog events,
            InstantSource clock) {
        this.desk = desk;
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
        List<Reason> reasons = new ArrayList<>();
        if (interests.at(reader, objection.campaign(), objection.estate())) {
            reasons.add(new Reason(null, Interests.WORDS));
        }
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
        objections.withdraw(id);
        attachments.attach(objection.district(), scans, ObjectionDesk.KIND, String.valueOf(id), reader);
        audit.record(
                reader,
                objection.district(),
                ObjectionDesk.KIND + ".take_back",
                ObjectionDesk.KIND,
                id,
                objection.area(),
                Map.of("on", String.valueOf(day)));
        events.announce(
                objection.district(),
                "evaluation.objection.withdraw",
                id,
                Map.of("objection", id, "paper", true, "actor", reader.account()));
    }
}
