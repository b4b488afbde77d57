package org.hemei.demo;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.List;
import java.util.Objects;
import org.hemei.access.Readers;
import org.hemei.platform.Reader;
import org.hemei.platform.time.CivilTime;
import org.hemei.platform.time.ToldTime;
import org.hemei.platform.transfer.ToldImport;
import org.hemei.registry.body.BodyDesk;
import org.hemei.registry.contract.ContractDesk;
import org.hemei.registry.contract.Contracts;
import org.hemei.registry.estate.EstateDesk;
import org.hemei.registry.people.ConflictWatch;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * What happened to the network of places and bodies, told through the desks that everybody uses: two groups of a branch became one, on
 * a day that was put right later; an estate came under another community of its street, with its branch, groups and owners' committee;
 * branches of a company came in by a file; an estate changed its company, and its papers and keys are being handed over. What the
 * nightly look at posts would find is found.
 */
@Component
class NetworkStories {

    /** Where somebody begins to look, see the list of sign-ins. */
    private static final String STREET = OrderPlans.SHOWCASE_STREET;

    private static final String COMPANY = "清和物业";

    private record Move(long estate, @Nullable String community) {}

    private final JdbcClient jdbc;
    private final Readers readers;
    private final BodyDesk bodies;
    private final EstateDesk estates;
    private final org.hemei.registry.estate.Estates known;
    private final Contracts contracts;
    private final ContractDesk signing;
    private final ConflictWatch watch;
    private final ToldImport imports;
    private final InstantSource clock;

    NetworkStories(
            JdbcClient jdbc,
            Readers readers,
            BodyDesk bodies,
            EstateDesk estates,
            org.hemei.registry.estate.Estates known,
            Contracts contracts,
            ContractDesk signing,
            ConflictWatch watch,
            ToldImport imports,
            InstantSource clock) {
        this.jdbc = jdbc;
        this.readers = readers;
        this.bodies = bodies;
        this.estates = estates;
        this.known = known;
        this.contracts = contracts;
        this.signing = signing;
        this.watch = watch;
        this.imports = imports;
        this.clock = clock;
    }

    /** Within the transaction that loads the city. */
    void tell(Instant now) {
        var today = CivilTime.date(now);
        merged(today);
        moved(today);
        handedOver(today);
        watch.recheck();
    }

    private Reader who(String username) {
        return jdbc.sql("select id from account where username = ?")
                .param(username)
                .query(Long.class)
                .optional()
                .flatMap(readers::of)
                .orElseThrow();
    }

    private static void at(LocalDate day, int hour, Runnable happened) {
        ToldTime.at(CivilTime.at(day, LocalTime.of(hour, 20)), happened);
    }

    private int version(long body) {
        return jdbc.sql("select version from body where id = ?")
                .param(body)
                .query(Integer.class)
                .single();
    }

    /** The last two groups of the showcase's largest branch. The day was typed from the notice, not from the approval. */
    private void merged(LocalDate today) {
        var groups = jdbc.sql("""
                        select b.id from body b
                        where b.party_kind = 'building_group' and b.until is null
                          and b.estate = (select g.estate from body g
                                          where g.party_kind = 'building_group' and g.area = ? and g.until is null
                                          group by g.estate having count(*) > 2 order by count(*) desc, g.estate limit 1)
                        order by b.id desc limit 2
                        """)
                .param(OrderPlans.SHOWCASE_COMMUNITY)
                .query(Long.class)
                .list();
        if (groups.size() < 2) {
            return;
        }
        var from = groups.getFirst();
        var organiser = who("zuzhi");
        var typed = today.minusDays(64);
        at(
                typed.plusDays(1),
                10,
                () -> bodies.merge(organiser, from, version(from), groups.getLast(), typed, "示例：社区党委会议纪要〔2026〕12 号"));
        var entry = jdbc.sql("select max(id) from body_change where body = ? and verb = 'merged'")
                .param(from)
                .query(Long.class)
                .single();
        at(
                today.minusDays(21),
                15,
                () -> bodies.correct(
                        organiser, from, version(from), entry, typed.plusDays(10), "示例：批复落款晚十天，当时照通知的日子录的"));
    }

    /**
     * An estate of the showcase's street with open orders, from one community to its neighbour: the housing department moves the
     * estate, the organisation department what stands there.
     */
    private void moved(LocalDate today) {
        var place = jdbc.sql("""
                        select e.id, (select a.code from area a
                                      where a.parent = e.street and a.code not in (e.community, :showcase)
                                        and exists (select from body t where t.kind = 'backstop_team' and t.area = a.code)
                                        and not exists (select from estate o where o.community = a.code and o.name = e.name)
                                        and exists (select from body c where c.party_kind = 'community_committee' and c.area = a.code)
                                      order by a.code limit 1) as community
                        from estate e
                        where e.street = :street and e.community <> :showcase
                          and exists (select from body b where b.estate = e.id and b.party_kind = 'estate_branch')
                        order by exists (select from unit u where u.estate = e.id),
                                 (select count(*) from work_order o where o.district = e.district and o.estate = e.id) desc, e.id
                        limit 1
                        """)
                .param("street", STREET)
                .param("showcase", OrderPlans.SHOWCASE_COMMUNITY)
                .query((r, n) -> new Move(r.getLong("id"), r.getString("community")))
                .optional();
        place.filter(move -> move.community != null)
                .ifPresent(move -> moved(move.estate, Objects.requireNonNull(move.community), today));
    }

    private void moved(long estate, String community, LocalDate today) {
        var day = today.minusDays(30);
        var basis = "示例：关于调整常青街道部分社区管辖范围的批复";
        var keeper = who("fangguan");
        at(day, 9, () -> {
            var view = known.find(estate).orElseThrow();
            estates.move(keeper, view, view.version(), community, day, basis, null);
        });
        var organiser = who("zuzhi");
        standing(estate, "estate_branch")
                .forEach(branch -> at(
                        day.plusDays(2),
                        11,
                        () -> bodies.move(organiser, branch, version(branch), committee(community), day, basis)));
        standing(estate, "owners_committee")
                .forEach(committee -> at(
                        day.plusDays(2),
                        14,
                        () -> bodies.move(organiser, committee, version(committee), null, day, basis)));
    }

    /** An estate of the showcase's street whose company left nine days ago; another of the street followed. */
    private void handedOver(LocalDate today) {
        var last = today.minusDays(9);
        var contract = jdbc.sql("""
                        select k.id from contract k join estate e on e.id = k.estate
                        where e.street = ? and e.community <> ? and lower(k.during) < ? and upper(k.during) is null
                          and not exists (select from unit u where u.estate = e.id)
                        order by k.id desc limit 1
                        """)
                .params(STREET, OrderPlans.SHOWCASE_COMMUNITY, today.minusYears(1))
                .query(Long.class)
                .optional()
                .flatMap(contracts::find)
                .orElse(null);
        var next = contract == null ? null : neighbour(contract.company(), today);
        if (contract == null || next == null) {
            return;
        }
        var keeper = who("fangguan");
        at(last.minusDays(20), 10, () -> signing.end(keeper, contract, contract.version(), last, "示例：到期不再续聘", null));
        at(
                last.minusDays(2),
                16,
                () -> signing.sign(
                        keeper,
                        new ContractDesk.Signing(
                                contract.estate(), next, last.plusDays(1), null, 180, List.of(), "示例：业主大会选聘", null)));
    }

    private @Nullable Long neighbour(long company, LocalDate today) {
        return jdbc.sql("""
                        select k.company from contract k join estate e on e.id = k.estate
                        where e.street = ? and k.during @> ? and k.company <> ?
                        group by k.company order by count(*) desc, k.company limit 1
                        """)
                .params(STREET, today, company)
                .query(Long.class)
                .optional()
                .orElse(null);
    }

    private List<Long> standing(long estate, String kind) {
        return jdbc.sql("select id from body where estate = ? and coalesce(party_kind, kind) = ? and until is null")
                .params(estate, kind)
                .query(Long.class)
                .list();
    }

    private long committee(String community) {
        return jdbc.sql("select id from body where area = ? and party_kind = 'community_committee' and until is null")
                .param(community)
                .query(Long.class)
                .single();
    }

    /** Branches of a company, as its housing department loaded them; after the city is there, as background work is done. */
    void imported() {
        var company = jdbc.sql("""
                        select c.credit_code || ',' || b.name from company c join body b on b.id = c.body where b.short_name = ?
                        """).param(COMPANY).query(String.class).optional();
        if (company.isEmpty()) {
            return;
        }
        var today = CivilTime.date(clock.instant());
        var file = new StringBuilder("分公司编号,统一社会信用代码,分公司名称,简称,所在地代码,成立日期\n");
        line(file, company.get(), 1, "包河", "340111", LocalDate.of(2021, 3, 12));
        line(file, company.get(), 2, "蜀山", "340104", LocalDate.of(2022, 6, 1));
        line(file, company.get(), 3, "庐阳", "340103", LocalDate.of(2023, 9, 18));
        at(
                today.minusDays(9),
                16,
                () -> imports.tell(
                        who("fangguan"),
                        "branches",
                        "分公司登记表（示例）.csv",
                        file.toString().getBytes(UTF_8)));
    }

    private static void line(
            StringBuilder file, String company, int number, String place, String area, LocalDate since) {
        file.append("SL-FGS-%03d,".formatted(number))
                .append(company)
                .append(place)
                .append("分公司,清和")
                .append(place)
                .append(',')
                .append(area)
                .append(',')
                .append(since)
                .append('\n');
    }
}
