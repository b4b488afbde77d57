package org.hemei.evaluation.inspection;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.hemei.evaluation.Interests;
import org.hemei.evaluation.inspection.Inspection.Found;
import org.hemei.evaluation.inspection.Inspection.Level;
import org.hemei.evaluation.scheme.SchemeContent.Item;
import org.hemei.evaluation.scheme.SchemeContent.Kind;
import org.hemei.evaluation.scheme.Schemes;
import org.hemei.platform.Missing;
import org.hemei.platform.Reader;
import org.hemei.platform.Refusal;
import org.hemei.platform.Refusal.Reason;
import org.hemei.platform.Stale;
import org.hemei.platform.attachment.Attachments;
import org.hemei.platform.log.Audit;
import org.hemei.platform.log.EventLog;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** What assessors report of the estates they were given. */
@Service
class InspectionDesk {

    static final String KIND = "evaluation_inspection";

    /** What a photo belongs to that was taken out. */
    private static final String WITHDRAWN = "evaluation_inspection_withdrawn";

    private static final int LONGEST = 200;

    /** Where it was reported from, in millionths of a degree; only when the assessor allowed it. */
    record Spot(int longitude, int latitude) {}

    private final Inspections inspections;
    private final LookReports reports;
    private final Interests interests;
    private final Schemes schemes;
    private final Attachments attachments;
    private final JdbcClient jdbc;
    private final Audit audit;
    private final EventLog events;
    private final InstantSource clock;

    InspectionDesk(
            Inspections inspections,
            LookReports reports,
            Interests interests,
            Schemes schemes,
            Attachments attachments,
            JdbcClient jdbc,
            Audit audit,
            EventLog events,
            InstantSource clock) {
        this.inspections = inspections;
        this.reports = reports;
        this.interests = interests;
        this.schemes = schemes;
        this.attachments = attachments;
        this.jdbc = jdbc;
        this.audit = audit;
        this.events = events;
        this.clock = clock;
    }

    List<Item> items(Inspection inspection) {
        return schemes.find(inspection.scheme()).orElseThrow().content().items(Kind.INSPECTION);
    }

    /** LookReports, or puts right what was reported, as long as the campaign takes it. */
    @Transactional
    void report(
            Reader reader,
            long id,
            int version,
            Map<String, Found> found,
            @Nullable Spot spot,
            Collection<UUID> photos) {
        var inspection = inspections.lock(id, reader.account()).orElseThrow(() -> new Missing("没有这次检查，或已经换了人。"));
        if (!inspection.takes()) {
            throw Refusal.of("测评没有开始，或已经复核完了，不能再报。");
        }
        if (interests.at(reader, inspection.campaign(), inspection.estate())) {
            throw Refusal.of("您在这家企业任职、替它办事，或者三年里有过，要回避。请在“现场检查”下面的“和哪家企业有关系”里登记，就换人来看。");
        }
        if (inspection.version() != version) {
            throw new Stale("您", "在别处报过这个小区", clock.instant());
        }
        check(inspection, found);
        attachments.attach(inspection.district(), photos, KIND, String.valueOf(id), reader);
        inspections.done(
                inspection,
                found,
                spot == null ? null : spot.longitude,
                spot == null ? null : spot.latitude,
                clock.instant());
        reports.append(id, inspection.version() + 1, found, clock.instant());
        audit.record(reader, inspection.district(), KIND + ".report", KIND, id, null, Map.of());
        events.announce(
                inspection.district(), "evaluation.inspection.done", id, Map.of("campaign", inspection.campaign()));
    }

    /**
     * A photo that shows whom it should not is taken out of what was reported, by whoever reported it and as long as that can be put right.
     * It is kept until its time is over, and nobody has a way to it.
     */
    @Transactional
    void withdraw(Reader reader, long id, UUID photo, String reason) {
        var inspection = inspections.lock(id, reader.account()).orElseThrow(() -> new Missing("没有这次检查，或已经换了人。"));
        if (!inspection.takes()) {
            throw Refusal.of("测评已经复核完了，照片不能再撤。拍到了不该拍的，请告诉办测评的。");
        }
        unsaid(reason).ifPresent(why -> {
            throw new Refusal(List.of(why));
        });
        var gone = jdbc.sql("""
                        update attachment set owner_kind = ? where district = ? and owner_kind = ? and owner_id = ? and id = ?
                        """)
                .params(WITHDRAWN, inspection.district(), KIND, String.valueOf(id), photo)
                .update();
        if (gone == 0) {
            throw Refusal.of("photo", "请选要撤的照片。撤过的不用再撤。");
        }
        audit.record(
                reader,
                inspection.district(),
                "evaluation_inspection.photo_withdrawn",
                KIND,
                id,
                null,
                Map.of("file", photo.toString(), "reason", reason.strip()));
    }

    /** What is to be said of the reason of a withdrawal; nothing where it is there. */
    static Optional<Reason> unsaid(String reason) {
        return reason.isBlank() || reason.length() > LONGEST
                ? Optional.of(new Reason("reason", "请写为什么撤，如：拍到了人脸。200 字以内。"))
                : Optional.empty();
    }

    private void check(Inspection inspection, Map<String, Found> found) {
        List<Reason> reasons = new ArrayList<>();
        for (var item : items(inspection)) {
            var one = found.get(item.code());
            if (one == null || Level.of(one.level()).isEmpty()) {
                reasons.add(new Reason("level-" + item.code(), "“" + item.words() + "”还没选。"));
            } else if (!one.level().equals(Level.MET.code()) && one.note().isBlank()) {
                reasons.add(new Reason("note-" + item.code(), "没有全做到，请写看到了什么，物业要能看懂。"));
            } else if (one.note().length() > LONGEST) {
                reasons.add(new Reason("note-" + item.code(), "太长了，最多 200 个字。请写短一点。"));
            }
        }
        if (!reasons.isEmpty()) {
            throw new Refusal(reasons);
        }
    }
}
