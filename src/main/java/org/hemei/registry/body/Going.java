package org.hemei.registry.body;

import java.util.List;
import org.hemei.registry.BodyKind;

/**
 * A table of what bodies have, day by day, that goes over when one becomes part of another.
 *
 * @param owner its column with the body
 * @param same what makes two rows the same thing; %1$s stands for the row
 * @param copied the columns that a row takes along
 * @param counted whether a change counts up the row's version
 * @param words what a refusal calls it
 * @param secret how many is not told
 */
record Going(String table, String owner, String same, String copied, boolean counted, String words, boolean secret) {

    static final String CONTRACT = "contract";
    static final String POST = "appointment";

    private static final List<Going> ORGANISATION = List.of(
            new Going(
                    "company_coverage",
                    "organisation",
                    "%1$s.company",
                    "company, mode, adviser",
                    false,
                    "条企业覆盖",
                    false),
            new Going(
                    "party_membership",
                    "organisation",
                    "%1$s.holder_index",
                    "kind, employer, holder_cipher, holder_index",
                    false,
                    "党员的组织关系",
                    true),
            new Going("body_building", "body", "%1$s.building", "building", false, "栋楼", false));

    /** A company is in one organisation at a time, and a post of one has one holder: what the successor has goes before. */
    private static final List<Going> COMPANY = List.of(
            new Going(CONTRACT, "company", "%1$s.estate", "estate, fee_fen", true, "份物业合同", false),
            new Going(
                    "company_coverage",
                    "company",
                    "coalesce(%1$s.adviser, 0)",
                    "mode, organisation, adviser",
                    false,
                    "条企业覆盖",
                    false),
            new Going(
                    POST,
                    "body",
                    "(case when %1$s.single then 0 else %1$s.person end, %1$s.post, coalesce(%1$s.estate, 0))",
                    "person, post, estate, full_time",
                    true,
                    "个任职",
                    false),
            new Going(
                    "party_membership",
                    "employer",
                    "(%1$s.holder_index, %1$s.organisation)",
                    "organisation, kind, holder_cipher, holder_index",
                    false,
                    "党员的所在企业",
                    true));

    static List<Going> of(BodyKind kind) {
        return kind == BodyKind.COMPANY ? COMPANY : ORGANISATION;
    }

    static Going of(BodyKind kind, String table) {
        return of(kind).stream()
                .filter(going -> going.table.equals(table))
                .findFirst()
                .orElseThrow();
    }

    String many(int count) {
        return secret ? words : count + " " + words;
    }

    /** The condition that rows a and b are the same thing. */
    String alike() {
        return same.formatted("a") + " = " + same.formatted("b");
    }

    /** The condition that row a, whose last day is that of the merger, ended for it and not by itself on that very day. */
    String forTheMerger() {
        return table.equals(POST)
                ? "exists (select from appointment_change c where c.appointment = a.id and c.verb = 'ended' and c.reason = 'body_ended'"
                        + " and c.day = cast(:was as date) - 1)"
                : "true";
    }

    String version() {
        return counted ? ", version = version + 1" : "";
    }
}
