package org.hemei.registry.body;

import java.time.LocalDate;
import org.hemei.registry.BodyKind;
import org.hemei.registry.CreditCode;
import org.hemei.testing.Town;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The Party's line of a town's near side, put there past every rule: street, community, branches, groups, the industry. */
public final class Network {

    public static final LocalDate LONG_AGO = LocalDate.of(2019, 1, 1);

    private final JdbcClient jdbc;
    private final Town town;

    public Network(JdbcClient jdbc, Town town) {
        this.jdbc = jdbc;
        this.town = town;
    }

    public long city() {
        return one(BodyKind.CITY_PARTY_COMMITTEE, town.city(), null, null);
    }

    public long district() {
        return one(BodyKind.DISTRICT_PARTY_COMMITTEE, String.valueOf(town.near().district()), null, city());
    }

    public long street() {
        return one(BodyKind.STREET_WORKING_COMMITTEE, town.near().street(), null, district());
    }

    public long committee() {
        return one(BodyKind.COMMUNITY_COMMITTEE, town.near().community(), null, street());
    }

    /** Of the near garden. */
    public long branch() {
        return branch(town.near().garden());
    }

    public long branch(long estate) {
        return one(BodyKind.ESTATE_BRANCH, town.near().community(), estate, committee());
    }

    public long industry() {
        var top = one(BodyKind.INDUSTRY_COMMITTEE, town.city(), null, null);
        return one(BodyKind.INDUSTRY_COMMITTEE, String.valueOf(town.near().district()), null, top);
    }

    /** A new group each time, under the near garden's branch. */
    public long group(String name) {
        return add(
                BodyKind.BUILDING_GROUP,
                name,
                town.near().community(),
                town.near().garden(),
                branch());
    }

    /** A new one each time, under the near district's industry committee. */
    public long organisation(String name) {
        return add(
                BodyKind.COMPANY_ORGANISATION, name, String.valueOf(town.near().district()), null, industry());
    }

    public long company(String name) {
        var district = String.valueOf(town.near().district());
        var id = add(BodyKind.COMPANY, name, district, null, null);
        jdbc.sql("insert into company (body, credit_code) values (?, ?)")
                .params(
                        id,
                        CreditCode.complete("91" + district + "MB%07d".formatted(id))
                                .value())
                .update();
        return id;
    }

    public long coverage(long company, long organisation, String mode, LocalDate from) {
        return jdbc.sql("""
                        insert into company_coverage (company, mode, organisation, during)
                        values (?, ?, ?, daterange(?, null)) returning id
                        """)
                .params(company, mode, organisation, from)
                .query(Long.class)
                .single();
    }

    /**
     * @param holder what the blind index says of the person
     * @param sealed the person as the field cipher writes it
     */
    public long member(long organisation, String holder, byte[] sealed, String kind) {
        return jdbc.sql("""
                        insert into party_membership (organisation, kind, holder_cipher, holder_index, during)
                        values (?, ?, ?, convert_to(?, 'UTF8'), daterange(?, null)) returning id
                        """)
                .params(organisation, kind, sealed, holder, LONG_AGO)
                .query(Long.class)
                .single();
    }

    private long one(BodyKind kind, String area, @Nullable Long estate, @Nullable Long parent) {
        return jdbc.sql("""
                        select id from body
                        where coalesce(party_kind, kind) = :kind and until is null
                          and case when cast(:estate as bigint) is null then area = :area else estate = :estate end
                        """)
                .param("kind", kind.code())
                .param("estate", estate)
                .param("area", area)
                .query(Long.class)
                .optional()
                .orElseGet(() -> add(
                        kind, "试" + kind.words() + area + (estate == null ? "" : "-" + estate), area, estate, parent));
    }

    public long add(BodyKind kind, String name, String area, @Nullable Long estate, @Nullable Long parent) {
        var id = jdbc.sql("""
                        insert into body (kind, party_kind, name, short_name, area, estate, since)
                        values (:kind, :party, :name, :name, :area, :estate, :since) returning id
                        """)
                .param("kind", kind.column())
                .param("party", kind.partyColumn())
                .param("name", name)
                .param("area", area)
                .param("estate", estate)
                .param("since", LONG_AGO)
                .query(Long.class)
                .single();
        if (parent != null) {
            jdbc.sql("insert into body_parent (body, parent, during) values (?, ?, daterange(?, null))")
                    .params(id, parent, LONG_AGO)
                    .update();
        }
        return id;
    }
}
