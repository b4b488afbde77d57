package org.hemei.testing;

import java.sql.Timestamp;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.concurrent.atomic.AtomicInteger;
import org.hemei.access.Readers;
import org.hemei.access.Role;
import org.hemei.platform.Reader;
import org.hemei.platform.crypto.FieldCipher;
import org.hemei.platform.time.CivilTime;
import org.hemei.registry.CreditCode;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Builds a {@link Town}; every call makes another one, with area codes of its own. */
public class Towns {

    /** Codes above the real ones (34… is Anhui); a run of the suite never needs more. */
    private static final AtomicInteger NEXT = new AtomicInteger(8000);

    private final JdbcClient jdbc;
    private final FieldCipher cipher;
    private final Readers readers;
    private final InstantSource clock;

    Towns(JdbcClient jdbc, FieldCipher cipher, Readers readers, InstantSource clock) {
        this.jdbc = jdbc;
        this.cipher = cipher;
        this.readers = readers;
        this.clock = clock;
    }

    public Town make() {
        var city = String.valueOf(NEXT.incrementAndGet());
        area(city, "试城" + city, "city", null, "ordinary");
        var near = side(city, 1);
        var far = side(city, 2);
        return new Town(
                city,
                near,
                far,
                account(Role.CITY, city, null, null, null),
                account(Role.SYSTEM, city, null, null, null),
                account(Role.SECURITY, city, null, null, null),
                account(Role.AUDIT, city, null, null, null));
    }

    private Town.Side side(String city, int number) {
        var district = city + "0" + number;
        var street = district + "001";
        var community = street + "001";
        var mark = city + "-" + number;
        area(district, "试区" + mark, "district", city, "ordinary");
        area(street, "试街道" + mark, "street", district, "ordinary");
        area(community, "试社区" + mark, "community", street, "residents");
        var committee = body("residents_committee", "试社区居委会" + mark, community);
        var backstop = body("backstop_team", "试社区兜底服务队" + mark, community);
        var company = company("试物业有限公司" + mark, district);
        var utility = body("utility", "试供水集团" + mark, district);
        var firm = body("maintenance_firm", "试维修公司" + mark, district);
        var garden = estate("试和美花园" + mark, district, street, community, "商品房");
        var oldYard = estate("试老院子" + mark, district, street, community, "三无");
        contract(company, garden);
        var building = building(garden);
        var unit = unit(building, garden, 1);
        var next = unit(building, garden, 2);
        var empty = unit(building, garden, 3);
        var oldBuilding = building(oldYard);
        var oldUnit = unit(oldBuilding, oldYard, 1);
        return new Town.Side(
                Integer.parseInt(district),
                street,
                community,
                garden,
                oldYard,
                building,
                unit,
                empty,
                oldBuilding,
                oldUnit,
                company,
                backstop,
                committee,
                utility,
                firm,
                resident(garden, unit),
                resident(garden, next),
                resident(oldYard, oldUnit),
                account(Role.COMMUNITY, community, null, committee, null),
                account(Role.MANAGER, null, garden, company, null),
                account(Role.STAFF, null, garden, company, null),
                account(Role.MANAGER, null, null, backstop, null),
                account(Role.HELPER, null, null, utility, null),
                account(Role.HELPER, null, null, firm, null),
                account(Role.MANAGER, null, null, utility, null),
                account(Role.STREET, street, null, null, null),
                account(Role.DISTRICT, district, null, null, null),
                account(Role.ORGANISATION, district, null, null, null),
                account(Role.HOUSING, district, null, null, null),
                account(Role.ASSESSOR, district, null, null, null));
    }

    /** A resident bound to a unit, as approval leaves them: household and grant. */
    public Reader resident(long estate, long unit) {
        var reader = account(Role.RESIDENT, null, estate, null, unit);
        jdbc.sql(
                        "insert into household_member (unit, person, relation, during) values (?, ?, 'owner', daterange(?, null))")
                .params(unit, reader.person(), today())
                .update();
        return reader;
    }

    /** A person with a phone and an account with one grant. */
    public Reader account(
            Role role, @Nullable String area, @Nullable Long estate, @Nullable Long body, @Nullable Long unit) {
        var account = account();
        grant(account, role, area, estate, body, unit);
        return reader(account);
    }

    /** An account that was granted nothing. */
    public long account() {
        var phone = phone();
        var person = jdbc.sql("""
                insert into person (name_cipher, masked_name, phone_cipher, phone_index) values (?, '王**', ?, ?) returning id
                """)
                .params(cipher.encrypt("王小试"), cipher.encrypt(phone), cipher.blindIndex(phone))
                .query(Long.class)
                .single();
        return jdbc.sql("insert into account (person, created_at) values (?, ?) returning id")
                .params(person, now())
                .query(Long.class)
                .single();
    }

    public void grant(
            long account,
            Role role,
            @Nullable String area,
            @Nullable Long estate,
            @Nullable Long body,
            @Nullable Long unit) {
        jdbc.sql("""
                insert into access_grant (account, role, area, estate, body, unit, since)
                values (:account, :role, :area, :estate, :body, :unit, :since)
                """)
                .param("account", account)
                .param("role", role.name())
                .param("area", area)
                .param("estate", estate)
                .param("body", body)
                .param("unit", unit)
                .param("since", now())
                .update();
    }

    public Reader reader(long account) {
        return readers.of(account).orElseThrow();
    }

    /** A phone number that nobody has. */
    public String phone() {
        return "199" + String.format("%08d", PHONES.incrementAndGet());
    }

    private static final AtomicInteger PHONES = new AtomicInteger();

    public String phoneOf(Reader reader) {
        return cipher.decrypt(jdbc.sql("select phone_cipher from person where id = ?")
                .param(reader.person())
                .query(byte[].class)
                .single());
    }

    private void area(String code, String name, String level, @Nullable String parent, String kind) {
        jdbc.sql("insert into area (code, name, level, parent, kind) values (:code, :name, :level, :parent, :kind)")
                .param("code", code)
                .param("name", name)
                .param("level", level)
                .param("parent", parent)
                .param("kind", kind)
                .update();
    }

    public long body(String kind, String name, String area) {
        return jdbc.sql("insert into body (kind, name, short_name, area, since) values (?, ?, ?, ?, ?) returning id")
                .params(kind, name, name, area, today().minusYears(5))
                .query(Long.class)
                .single();
    }

    /** An owners' committee, or a Party organisation of an estate: {@code partyKind} is null for what is none of the Party's. */
    public long bodyOf(String kind, @Nullable String partyKind, String name, String area, @Nullable Long estate) {
        return jdbc.sql("""
                insert into body (kind, party_kind, name, short_name, area, estate, since)
                values (:kind, :party, :name, :name, :area, :estate, :since) returning id
                """)
                .param("kind", kind)
                .param("party", partyKind)
                .param("name", name)
                .param("area", area)
                .param("estate", estate)
                .param("since", today().minusYears(5))
                .query(Long.class)
                .single();
    }

    /** A person by name, without an account. */
    public long person(String name) {
        var phone = phone();
        return jdbc.sql("""
                insert into person (name_cipher, masked_name, phone_cipher, phone_index) values (?, ?, ?, ?) returning id
                """)
                .params(cipher.encrypt(name), name.charAt(0) + "**", cipher.encrypt(phone), cipher.blindIndex(phone))
                .query(Long.class)
                .single();
    }

    /** Somebody in a post since long ago, past every rule. */
    public long post(long person, long body, String post) {
        return post(person, body, post, today().minusYears(1), null);
    }

    /** @param end the day after the last day in office */
    public long post(long person, long body, String post, LocalDate from, @Nullable LocalDate end) {
        return jdbc.sql(
                        "insert into appointment (person, body, post, during) values (?, ?, ?, daterange(?, ?)) returning id")
                .params(person, body, post, from, end)
                .query(Long.class)
                .single();
    }

    private long company(String name, String district) {
        var id = body("company", name, district);
        jdbc.sql("insert into company (body, credit_code) values (?, ?)")
                .params(
                        id,
                        CreditCode.complete("91" + district + "MA%07d".formatted(id))
                                .value())
                .update();
        return id;
    }

    public long estate(String name, String district, String street, String community, String kind) {
        return jdbc.sql("""
                insert into estate (name, district, street, community, kinds, households, buildings, built_year)
                values (?, ?, ?, ?, array[?], 240, 6, 2008) returning id
                """)
                .params(name, Integer.parseInt(district), street, community, kind)
                .query(Long.class)
                .single();
    }

    public void contract(long company, long estate) {
        jdbc.sql("insert into contract (company, estate, during, fee_fen) values (?, ?, daterange(?, null), 160)")
                .params(company, estate, today().minusYears(1))
                .update();
    }

    public long building(long estate) {
        return jdbc.sql("""
                insert into building (estate, name, entrances, floors, position) values (?, '1幢', 2, 18, 1) returning id
                """).param(estate).query(Long.class).single();
    }

    public long unit(long building, long estate, int number) {
        return jdbc.sql("""
                insert into unit (building, estate, entrance, name, floor, area) values (?, ?, 1, ?, ?, 895000) returning id
                """)
                .params(building, estate, "1单元" + number + "01", number)
                .query(Long.class)
                .single();
    }

    private Timestamp now() {
        return Timestamp.from(clock.instant().minusSeconds(60));
    }

    private LocalDate today() {
        return CivilTime.date(clock.instant());
    }
}
