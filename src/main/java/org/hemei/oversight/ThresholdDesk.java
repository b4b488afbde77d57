package org.hemei.oversight;

import java.time.InstantSource;
import java.time.LocalDate;
import org.hemei.platform.MechanismCheck;
import org.hemei.platform.MechanismCheck.Threshold;
import org.hemei.platform.Missing;
import org.hemei.platform.Reader;
import org.hemei.platform.Refusal;
import org.hemei.platform.rule.RuleNumbers;
import org.hemei.platform.time.CivilTime;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * Sets thresholds: from a day on, on a basis, for an area and all below it. What held before stays as it was, so that
 * figures of the past keep their measure; nothing is set for days that are over.
 */
@Service
class ThresholdDesk {

    private final JdbcClient jdbc;
    private final Figures figures;
    private final RuleNumbers numbers;
    private final InstantSource clock;

    ThresholdDesk(JdbcClient jdbc, Figures figures, RuleNumbers numbers, InstantSource clock) {
        this.jdbc = jdbc;
        this.figures = figures;
        this.numbers = numbers;
        this.clock = clock;
    }

    /** @param policy the document it rests on, when it is one that is registered */
    record Change(
            String name,
            String area,
            int value,
            LocalDate since,
            String basis,
            @Nullable Long policy) {}

    @Transactional
    public void set(Reader reader, MechanismCheck check, Change change) {
        if (!Standing.sets(reader, change.area)) {
            throw new Missing("这里的标准不归您改。");
        }
        var rule = check.rule();
        var threshold = rule.thresholds().stream()
                .filter(t -> t.name().equals(change.name))
                .findFirst()
                .orElseThrow(() -> Refusal.of("name", "请选改哪一项。"));
        check(threshold, change);
        numbers.set(
                reader,
                "threshold.set",
                0,
                new RuleNumbers.Number(
                        rule.code(),
                        change.name,
                        change.area,
                        change.value,
                        change.since,
                        change.basis,
                        change.policy));
        figures.refresh(check);
    }

    /** One that was set wrongly and begins today or later: as if it had not been set. */
    @Transactional
    public void takeBack(Reader reader, MechanismCheck check, long id) {
        var own = numbers.find(id)
                .filter(kept -> kept.rule().equals(check.rule().code()) && Standing.sets(reader, kept.area()));
        if (own.isEmpty()) {
            throw new Missing("没有这一条标准，或不归您改。");
        }
        if (!numbers.takeBack(reader, "threshold.taken_back", 0, id)) {
            throw Refusal.of("这一条今天以前就开始用了，撤不回。请定新的。");
        }
        figures.refresh(check);
    }

    private void check(Threshold threshold, Change change) {
        if (change.value < threshold.least() || change.value > threshold.most()) {
            throw Refusal.of("value", "请填 " + threshold.least() + " 到 " + threshold.most() + " 的整数。");
        }
        if (change.since.isBefore(CivilTime.date(clock.instant()))) {
            throw Refusal.of("since", "从今天或以后哪天起算。过去的数按过去的标准。");
        }
        if (change.policy != null
                && jdbc.sql("select count(*) from policy where id = ? and starts_with(?, area)")
                                .params(change.policy, change.area)
                                .query(Integer.class)
                                .single()
                        == 0) {
            throw Refusal.of("policy", "没有这份文件，或它不管这个地区。");
        }
    }
}
