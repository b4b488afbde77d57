package org.hemei.evaluation.tender;

import java.util.List;
import java.util.Optional;
import org.hemei.RoomThings;
import org.hemei.platform.Reader;
import org.hemei.testing.Town;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Lazy;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** A tender reference of the near side's street, and what a form about one names. */
@Component
@Lazy // an application of another test makes none
public class TenderThings implements RoomThings {

    private final TenderDesk desk;
    private final JdbcClient jdbc;

    TenderThings(TenderDesk desk, JdbcClient jdbc) {
        this.desk = desk;
        this.jdbc = jdbc;
    }

    @Override
    public Optional<String> thing(String name, Town town, @Nullable Reader caller) {
        var near = town.near();
        return switch (name) {
            case "$tender-reference" -> Optional.of(String.valueOf(make(near, near.streetDesk(), near.company())));
            case "$street" -> Optional.of(near.street());
            case "$credit-code" -> Optional.of(creditCode(near.company()));
            default -> Optional.empty();
        };
    }

    public String creditCode(long company) {
        return jdbc.sql("select credit_code from company where body = ?")
                .param(company)
                .query(String.class)
                .single();
    }

    /** Of the side's street. */
    public long make(Town.Side side, long... companies) {
        return make(side, side.streetDesk(), companies);
    }

    long make(Town.Side side, Reader reader, long... companies) {
        var codes =
                java.util.Arrays.stream(companies).mapToObj(this::creditCode).toList();
        return desk.make(reader, draft(side, codes));
    }

    static TenderDesk.Draft draft(Town.Side side, List<String> bidders) {
        return new TenderDesk.Draft(side.street(), "近处的花园物业招标", "ZB-2026-017", "业主委员会", bidders);
    }
}
