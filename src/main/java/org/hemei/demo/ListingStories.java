package org.hemei.demo;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.List;
import org.hemei.access.Readers;
import org.hemei.evaluation.CompanyYears;
import org.hemei.evaluation.CompanyYears.Outcome;
import org.hemei.evaluation.YearResult;
import org.hemei.evaluation.listing.BasisDesk;
import org.hemei.evaluation.listing.DecisionDesk;
import org.hemei.evaluation.listing.Examination;
import org.hemei.evaluation.listing.ListingClock;
import org.hemei.evaluation.listing.ListingDesk;
import org.hemei.evaluation.listing.OfficeDesk;
import org.hemei.evaluation.listing.RepairDesk;
import org.hemei.evaluation.listing.ShareDesk;
import org.hemei.evaluation.listing.Votes;
import org.hemei.evaluation.listing.Votes.Choice;
import org.hemei.evaluation.listing.Votes.Vote;
import org.hemei.evaluation.listing.Weight;
import org.hemei.evaluation.tender.TenderDesk;
import org.hemei.platform.Reader;
import org.hemei.platform.Refusal;
import org.hemei.platform.crypto.FieldCipher;
import org.hemei.platform.time.CivilTime;
import org.hemei.platform.time.ToldTime;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * The blacklist of the demo city, by the same desks as everybody: one company proposed, one in its defence, one listed, one
 * repaired, one whose listing was wrong from the start; and one tender reference. Their two years were told by hand, since no
 * campaign of the demo reaches back that far.
 */
@Component
class ListingStories {

    private static final Logger LOG = LoggerFactory.getLogger(ListingStories.class);
    private static final int MARCH = 3;
    private static final LocalTime MORNING = LocalTime.of(9, 40);

    /** Who has part in the story of a company. */
    private record Cast(long company, String creditCode, Reader manager) {}

    private final JdbcClient jdbc;
    private final FieldCipher cipher;
    private final Readers readers;
    private final TransactionTemplate nested;
    private final CompanyYears years;
    private final Examination examination;
    private final ListingDesk desk;
    private final DecisionDesk decisions;
    private final RepairDesk repairs;
    private final ListingClock clock;
    private final TenderDesk tenders;
    private final BasisDesk bases;
    private final OfficeDesk offices;
    private final ShareDesk shares;
    private final DemoFiles files;

    ListingStories(
            JdbcClient jdbc,
            FieldCipher cipher,
            Readers readers,
            PlatformTransactionManager transactions,
            CompanyYears years,
            Examination examination,
            ListingDesk desk,
            DecisionDesk decisions,
            RepairDesk repairs,
            ListingClock clock,
            TenderDesk tenders,
            BasisDesk bases,
            OfficeDesk offices,
            ShareDesk shares,
            DemoFiles files) {
        this.jdbc = jdbc;
        this.cipher = cipher;
        this.readers = readers;
        this.nested = new TransactionTemplate(transactions);
        nested.setPropagationBehavior(TransactionDefinition.PROPAGATION_NESTED);
        this.years = years;
        this.examination = examination;
        this.desk = desk;
        this.decisions = decisions;
        this.repairs = repairs;
        this.clock = clock;
        this.tenders = tenders;
        this.bases = bases;
        this.offices = offices;
        this.shares = shares;
        this.files = files;
    }

    void tell(Instant now) {
        try {
            nested.executeWithoutResult(status -> all(now));
        } catch (Refusal no) {
            LOG.warn("the blacklist of the demo city was left out: {}", no.getMessage());
        }
    }

    private void all(Instant now) {
        var cast = cast();
        if (cast.size() < 6) {
            return;
        }
        var bureau = bureau();
        var year = CivilTime.date(now).getYear() - 1;
        var spring = LocalDate.of(year + 1, MARCH, 18);
        office(bureau.getFirst(), spring);
        proposed(cast.get(0), year, now);
        inDefence(cast.get(1), bureau, year, now);
        listed(cast.get(2), bureau, year, spring);
        repaired(cast.get(3), bureau, year, spring);
        revoked(cast.get(4), bureau, year, spring);
        passes(cast.get(5), year, spring);
        ToldTime.at(now.minus(Duration.ofHours(50)), () -> tender(cast, bureau.getFirst()));
    }

    /** Whom the papers name: invented, and said to be. */
    private void office(Reader bureau, LocalDate day) {
        ToldTime.at(
                at(day),
                () -> offices.set(
                        bureau, new OfficeDesk.Draft("3401", "示例市住房保障和房产管理局", "示例路 1 号二楼窗口", "示例市人民政府", "示例区人民法院")));
    }

    /** Six companies that nobody evaluated, with a manager, who speaks for the whole of it. */
    private List<Cast> cast() {
        var cast = companies();
        cast.forEach(one -> jdbc.sql("""
                        insert into access_grant (account, role, body, since)
                        select account, role, body, min(since) from access_grant
                        where account = :account and role = 'MANAGER' and body = :company group by account, role, body
                        """)
                .param("account", one.manager.account())
                .param("company", one.company)
                .update());
        return cast.stream()
                .map(one -> new Cast(
                        one.company,
                        one.creditCode,
                        readers.of(one.manager.account()).orElseThrow()))
                .toList();
    }

    private List<Cast> companies() {
        return jdbc.sql("""
                select c.body, c.credit_code, min(g.account) as manager
                from company c join access_grant g on g.body = c.body and g.role = 'MANAGER' join contract k on k.company = c.body and upper_inf(k.during)
                where c.body not in (select company from company_year)
                  and c.body not in (select s.company from contract s where s.estate in (select estate from unit))
                group by c.body, c.credit_code having count(distinct k.estate) between 1 and 3 order by c.body limit 6
                """)
                .query((r, n) -> new Cast(
                        r.getLong("body"),
                        r.getString("credit_code"),
                        readers.of(r.getLong("manager")).orElseThrow()))
                .list();
    }

    /** The one who signs in, and four colleagues who decide with them. */
    private List<Reader> bureau() {
        var bureau = new ArrayList<Reader>();
        long first = jdbc.sql("select min(account) from access_grant where role = 'HOUSING' and area = '3401'")
                .query(Long.class)
                .single();
        bureau.add(readers.of(first).orElseThrow());
        for (var name : List.of("周明远", "林静", "何立群", "唐秋实")) {
            bureau.add(colleague(first, name, bureau.size() + 1));
        }
        return bureau;
    }

    private Reader colleague(long of, String name, int number) {
        long person = jdbc.sql("insert into person (name_cipher, masked_name, sample) values (?, ?, true) returning id")
                .params(cipher.encrypt(name), name.charAt(0) + "**")
                .query(Long.class)
                .single();
        long account = jdbc.sql("""
                insert into account (person, username, password_hash, created_at, last_seen)
                select :person, :name, password_hash, created_at, last_seen from account where id = :of returning id
                """)
                .param("person", person)
                .param("name", "fangguan" + number)
                .param("of", of)
                .query(Long.class)
                .single();
        jdbc.sql(
                        "insert into access_grant (account, role, area, since) select ?, role, area, since from access_grant where account = ? and role = 'HOUSING'")
                .params(account, of)
                .update();
        return readers.of(account).orElseThrow();
    }

    private static Instant at(LocalDate day) {
        return CivilTime.at(day, MORNING);
    }

    private void result(Cast one, int year, YearResult result, @Nullable Integer score, Instant at, String reason) {
        ToldTime.at(
                at,
                () -> years.conclude(
                        one.company,
                        year,
                        null,
                        new Outcome(result, score, score == null ? null : 280, false, "{\"source\":\"demo\"}"),
                        reason));
    }

    private void fails(Cast one, int year, int score) {
        result(one, year, YearResult.FAIL, score, at(LocalDate.of(year + 1, MARCH, 16)), "");
    }

    private long examined(Cast one, Instant at) {
        ToldTime.at(at, () -> examination.examine(one.company));
        return jdbc.sql("select max(id) from listing where company = ?")
                .param(one.company)
                .query(Long.class)
                .single();
    }

    /** The second year was not rated at first; counted again it is a fail. */
    private long late(Cast one, int year, Instant at) {
        fails(one, year - 1, 5_430);
        result(one, year, YearResult.NOT_RATED, null, at(LocalDate.of(year + 1, MARCH, 16)), "");
        result(one, year, YearResult.FAIL, 5_515, at, "漏录的纸质票补上，够评定了");
        return examined(one, at.plusSeconds(60));
    }

    private void proposed(Cast one, int year, Instant now) {
        late(one, year, now.minus(Duration.ofDays(2)));
    }

    private void inDefence(Cast one, List<Reader> bureau, int year, Instant now) {
        var id = late(one, year, now.minus(Duration.ofDays(9)));
        ToldTime.at(now.minus(Duration.ofDays(4)), () -> {
            notice(bureau, id, "两年得分都低于 60 分：电梯停用多日没有修，垃圾清运常不及时。");
            delivered(bureau, id, CivilTime.date(now.minus(Duration.ofDays(4))));
        });
        var district = district(id);
        ToldTime.at(
                now.minus(Duration.ofDays(1)),
                () -> desk.state(
                        one.manager,
                        id,
                        2,
                        "电梯配件在等厂家发货，有合同和付款单；清运公司已经换了，上个月起每天两次。",
                        List.of(
                                files.photo(one.manager, district, "facility.lift", true, 3),
                                files.photo(one.manager, district, "waste", true, 5),
                                files.document(
                                        one.manager, district, "电梯配件采购合同", "这是示例城市里的一份合同。", "曳引机一台，交货期六十天，已付定金。"))));
    }

    /** Where the files of a case lie. */
    private int district(long listing) {
        return jdbc.sql("select cast(rpad(left(area, 6), 6, '0') as int) from listing where id = ?")
                .param(listing)
                .query(Integer.class)
                .single();
    }

    private void delivered(List<Reader> bureau, long id, LocalDate day) {
        desk.deliver(bureau.getFirst(), id, 1, day, "当面送达，企业办公室签收", List.of());
    }

    private void notice(List<Reader> bureau, long id, String words) {
        notice(bureau, id, basis(), words);
    }

    private void notice(List<Reader> bureau, long id, long basis, String words) {
        desk.notify(bureau.getFirst(), id, 0, Weight.ORDINARY, basis, words, List.of());
    }

    /** A made-up regulation of the city that allows to hand listings on; the real basis only informs. */
    private long sharingBasis(Reader bureau, LocalDate day) {
        long law =
                jdbc.sql("""
                        insert into policy (title, issuer, area, kind, issued_on, valid_from, summary, sample)
                        values ('示例：《社会信用条例》（虚构）', '示例：市人民代表大会常务委员会', '3401', 'law', :day, :day,
                                '虚构的法规，只为演示怎样依法共享。', true) returning id
                        """).param("day", day.minusYears(1)).query(Long.class).single();
        var id = new long[1];
        ToldTime.at(
                at(day),
                () -> id[0] = bases.add(
                        bureau,
                        new BasisDesk.Draft(
                                "3401",
                                "示例：《社会信用条例》（虚构）",
                                "第二十一条",
                                "行政机关依法认定的失信信息，向公共信用信息平台归集共享",
                                law,
                                false,
                                true,
                                day)));
        return id[0];
    }

    private void shared(Reader bureau, Instant at) {
        ToldTime.at(at, () -> shares.hand(bureau, "示例：市公共信用信息平台", "按条例第二十一条归集，供政府采购和招投标查询", "csv"));
    }

    private long basis() {
        return jdbc.sql("select min(id) from listing_basis").query(Long.class).single();
    }

    /** Proposed in spring, heard, decided four weeks later and served. @return the day of listing */
    private LocalDate onTheList(Cast one, List<Reader> bureau, int year, LocalDate spring) {
        return onTheList(one, bureau, year, spring, basis());
    }

    private LocalDate onTheList(Cast one, List<Reader> bureau, int year, LocalDate spring, long basis) {
        fails(one, year - 1, 5_380);
        fails(one, year, 5_264);
        var id = examined(one, at(spring));
        ToldTime.at(at(spring.plusDays(2)), () -> {
            notice(bureau, id, basis, "两年得分都低于 60 分，现场检查里消防通道、楼道照明两年都没到位。");
            delivered(bureau, id, spring.plusDays(2));
        });
        ToldTime.at(at(spring.plusDays(7)), () -> desk.state(one.manager, id, 2, "人手不够，正在招人，请再给些时间。", List.of()));
        var decided = spring.plusDays(33);
        ToldTime.at(at(spring.plusDays(25)), () -> clock.strike(id));
        ToldTime.at(
                at(decided),
                () -> decisions.decide(
                        bureau.get(1),
                        id,
                        4,
                        new Votes(List.of(
                                new Vote(bureau.get(1).account(), Choice.FOR, ""),
                                new Vote(bureau.get(2).account(), Choice.FOR, ""),
                                new Vote(bureau.get(3).account(), Choice.AGAINST, ""))),
                        "听了企业的陈述。缺人不是两年不修的理由。请做三件事：清出消防通道；修好楼道照明；每月公示一次维修记录。三个月后改好了就可以申请修复。",
                        List.of()));
        var served = decided.plusDays(3);
        ToldTime.at(at(served), () -> {
            decisions.confirm(bureau.get(2), id, 5, true, "");
            decisions.confirm(bureau.get(3), id, 5, true, "");
            desk.serve(bureau.getFirst(), id, 5, served, "当面送达，企业负责人签收", List.of());
        });
        return served;
    }

    private long caseOf(Cast one) {
        return jdbc.sql("select max(id) from listing where company = ?")
                .param(one.company)
                .query(Long.class)
                .single();
    }

    private void listed(Cast one, List<Reader> bureau, int year, LocalDate spring) {
        var listed = onTheList(one, bureau, year, spring, sharingBasis(bureau.getFirst(), spring.plusDays(1)));
        shared(bureau.getFirst(), at(listed.plusDays(6)));
    }

    private void repaired(Cast one, List<Reader> bureau, int year, LocalDate spring) {
        var asked = onTheList(one, bureau, year, spring).plusMonths(3).plusDays(4);
        var id = caseOf(one);
        ToldTime.at(at(asked), () -> repairs.apply(one.manager, id, 6, "消防通道清了，照明全换了，四个月的维修记录都贴在门厅。", List.of()));
        ToldTime.at(
                at(asked.plusDays(3)),
                () -> repairs.verify(bureau.get(2), id, 7, true, "看了三个小区，问了九户：通道通，灯都亮，记录在。", List.of()));
        ToldTime.at(
                at(asked.plusDays(5)),
                () -> repairs.conclude(bureau.getFirst(), id, 8, true, "要求的三件事都做到了，移出。", List.of()));
    }

    /** Half a year later the second year is found to be a pass. */
    private void revoked(Cast one, List<Reader> bureau, int year, LocalDate spring) {
        var found = at(onTheList(one, bureau, year, spring).plusMonths(4));
        result(one, year, YearResult.PASS, 6_120, found, "查出两份检查表录错了小区，更正后合格");
        examined(one, found.plusSeconds(60));
    }

    private void passes(Cast one, int year, LocalDate spring) {
        result(one, year - 1, YearResult.PASS, 7_815, at(spring.minusYears(1)), "");
        result(one, year, YearResult.PASS, 8_040, at(spring), "");
    }

    private void tender(List<Cast> cast, Reader bureau) {
        tenders.make(
                bureau,
                new TenderDesk.Draft(
                        "3401",
                        "和平里小区物业服务招标",
                        "HFWY-2026-0117",
                        "和平里小区业主委员会",
                        List.of(cast.get(2).creditCode, cast.get(4).creditCode, cast.get(5).creditCode)));
    }
}
