package org.hemei.evaluation.tender;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.hemei.testing.SignedInAs.as;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.csrf;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;

import java.util.List;
import org.hemei.evaluation.YearResult;
import org.hemei.evaluation.campaign.EvaluationThings;
import org.hemei.evaluation.listing.ListingState;
import org.hemei.evaluation.listing.ListingThings;
import org.hemei.platform.Missing;
import org.hemei.platform.Reader;
import org.hemei.testing.HemeiTest;
import org.hemei.testing.Pump;
import org.hemei.testing.Town;
import org.hemei.testing.Towns;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.web.servlet.MockMvc;

/** A report says what was known on its day, is signed, never changes, and its page says when the world went on. */
@HemeiTest
class TenderTest {

    @Autowired
    private Towns towns;

    @Autowired
    private TenderThings things;

    @Autowired
    private ListingThings listings;

    @Autowired
    private EvaluationThings evaluation;

    @Autowired
    private TenderDesk desk;

    @Autowired
    private TenderReferences references;

    @Autowired
    private TenderCheck verification;

    @Autowired
    private Sm2 sm2;

    @Autowired
    private Pump pump;

    @Autowired
    private JdbcClient jdbc;

    @Autowired
    private MockMvc mvc;

    private Town town;
    private Town.Side near;

    @BeforeEach
    void build() {
        town = towns.make();
        near = town.near();
    }

    /** All at once, each beside its field. */
    @Test
    void what_is_missing_is_told_in_one_go() throws Exception {
        var page = mvc.perform(post("/tender-references")
                        .param("area", "")
                        .param("bidders", " ")
                        .with(as(near.streetDesk()))
                        .with(csrf()))
                .andReturn()
                .getResponse();
        assertThat(page.getStatus()).isEqualTo(422);
        assertThat(page.getContentAsString())
                .contains(
                        "id=\"e-area\"",
                        "id=\"e-tender\"",
                        "id=\"e-tenderNumber\"",
                        "id=\"e-purchaser\"",
                        "id=\"e-bidders\"");
    }

    @Test
    void what_was_known_is_frozen_signed_and_says_that_something_changed_since() throws Exception {
        var last = listings.thisYear() - 1;
        listings.at(ListingState.LISTED, near);
        var good = listings.company(near);
        listings.year(good, last, YearResult.PASS, false);
        listings.year(good, last - 1, YearResult.FAIL, true);
        var id = things.make(near, near.streetDesk(), near.company(), good);
        var reference = references.find(id).orElseThrow();
        var said = reference.said();
        assertThat(said.years()).containsExactly(last, last - 1, last - 2);
        var first = said.bidders().getFirst();
        assertThat(first.listed()).hasSize(1);
        assertThat(first.excluded()).as("it informs").isFalse();
        assertThat(first.of(last - 2))
                .as("a year without a result is said to have none")
                .isNull();
        assertThat(said.bidders().getLast().of(last - 1))
                .isEqualTo(new TenderContent.Year(last - 1, 1, "fail", 5512, 310, true));
        assertThat(verification.of(reference).sound()).isTrue();
        assertThat(verification.of(reference).changed()).isEmpty();

        // a correction overturns the listing: the report stays as it is, and its page says so
        listings.year(near.company(), last, YearResult.PASS, false);
        pump.run();
        assertThat(references.find(id).orElseThrow()).isEqualTo(reference);
        var result = verification.of(reference);
        assertThat(result.sound()).isTrue();
        assertThat(result.changed())
                .anySatisfy(words -> assertThat(words).contains(last + " 年的成绩后来更正了，现在是第 2 版"))
                .anySatisfy(words -> assertThat(words).contains("自始就是错的"));

        var byNumber = page(Reader.VISITOR, "/tender-references/verify?q=" + reference.number());
        assertThat(byNumber)
                .contains("是真的。", "出了以后有变化")
                .as("who bids, for what and how many is not told before the opening (Tender Law art. 22)")
                .doesNotContain(said.tender(), said.purchaser(), said.tenderNumber(), "家</dd>");
        said.bidders().forEach(bidder -> assertThat(byNumber).doesNotContain(bidder.name()));
        assertThat(page(Reader.VISITOR, "/tender-references/verify?q=" + reference.code()))
                .contains(said.bidders().getFirst().name(), "55.12 ± 3.10");
        assertThat(page(Reader.VISITOR, "/tender-references/verify?q=没有这份")).contains("没有这一份。");
        var pdf = mvc.perform(get(reference.path() + ".pdf").with(as(near.streetDesk())))
                .andReturn()
                .getResponse();
        assertThat(pdf.getStatus()).isEqualTo(200);
        assertThat(pdf.getContentAsByteArray()).startsWith("%PDF".getBytes());
    }

    @Test
    void a_year_with_a_change_that_is_heard_is_told_as_it_holds_and_that_it_may_change() throws Exception {
        var objected = Long.parseLong(
                evaluation.thing("$objection", town, null).orElseThrow()); // of 2031, by the garden's company
        jdbc.sql("update evaluation_objection set state = 'withdrawn' where id = ?")
                .param(objected)
                .update();
        jdbc.sql("""
                insert into evaluation_hearing (score, project, opened_on, days, until)
                select score, project, current_date, 7, current_date + 7 from evaluation_objection where id = ?
                """).param(objected).update();
        jdbc.sql("""
                update evaluation_campaign set state = 'final', final_at = now() where id = (
                    select p.campaign from evaluation_objection o join evaluation_project p on p.id = o.project where o.id = ?)
                """).param(objected).update();
        var id = things.make(near, near.company());
        assertThat(references.find(id).orElseThrow().said().bidders().getFirst().pending())
                .as("it has no year that could be told as settled")
                .isEmpty();
        jdbc.sql("""
                insert into company_year (company, year, version, result, score, margin, margin_reaches_over_pass, final_at, inputs, reason)
                values (?, 2031, 1, 'pass', 7000, 100, false, now(), '{}', '')
                """).param(near.company()).update();
        assertThat(verification.of(references.find(id).orElseThrow()).changed())
                .anySatisfy(words -> assertThat(words).contains("后来，2031 年的成绩有改动，在听取企业意见"));
        assertThat(references
                        .find(things.make(near, near.company()))
                        .orElseThrow()
                        .said()
                        .bidders()
                        .getFirst()
                        .pending())
                .containsExactly("2031 年的成绩有改动，在听取企业意见");
    }

    @Test
    void what_is_under_appeal_that_day_is_frozen_with_it_and_its_page_says_when_it_was_decided() throws Exception {
        var objected = Long.parseLong(
                evaluation.thing("$objection", town, null).orElseThrow()); // of 2031, by the garden's company
        var listed = listings.at(ListingState.LISTED, near);
        listings.object(listed, near);
        var before = listings.at(ListingState.HEARD, near);
        var id = things.make(near, near.company(), company(before));
        var reference = references.find(id).orElseThrow();
        var last = listings.thisYear() - 1;
        var pending = List.of("2031 年的成绩有异议，正在复核", "对 %d、%d 两年的列入有异议，正在审查".formatted(last - 1, last));
        assertThat(reference.said().bidders().getFirst().pending()).containsExactlyElementsOf(pending);
        assertThat(reference.said().bidders().getLast().pending())
                .as("what is only being heard is not told")
                .isEmpty();
        assertThat(page(near.streetDesk(), reference.path())).contains(pending.getFirst(), pending.getLast());
        assertThat(verification.of(reference).changed()).isEmpty();

        // decided later, each in its way; and the other one is listed
        jdbc.sql("update evaluation_objection set state = 'refused', decided_by = ?, decided_at = now() where id = ?")
                .params(near.districtDesk().account(), objected)
                .update();
        listings.answer(listed, near, false);
        listings.list(before, near);
        var now = references.find(id).orElseThrow();
        assertThat(now).as("not a sign of it changes").isEqualTo(reference);
        var result = verification.of(now);
        assertThat(result.sound()).isTrue();
        assertThat(result.changed())
                .satisfiesExactly(
                        words -> assertThat(words).contains("当时“" + pending.getFirst() + "”，现在已经有结果"),
                        words -> assertThat(words).contains("当时“" + pending.getLast() + "”，现在已经有结果"),
                        words -> assertThat(words).contains("后来列入了“黑名单”", "只供参考"));
        assertThat(page(Reader.VISITOR, "/tender-references/verify?q=" + reference.code()))
                .contains("出了以后有变化", "现在已经有结果", pending.getFirst());
        assertThat(page(Reader.VISITOR, "/tender-references/verify?q=" + reference.number()))
                .as("who has only the number hears that there is something, and no more")
                .contains("出了以后有变化")
                .doesNotContain("现在已经有结果", pending.getFirst());

        // and a repair asked for later is newer as well
        var repair = listings.at(ListingState.LISTED, near);
        var second = things.make(near, company(repair));
        listings.applyRepair(repair, near);
        assertThat(verification.of(references.find(second).orElseThrow()).changed())
                .singleElement()
                .satisfies(words -> assertThat(words).contains("后来", "申请了修复，正在办"));
    }

    private long company(long listing) {
        return jdbc.sql("select company from listing where id = ?")
                .param(listing)
                .query(Long.class)
                .single();
    }

    private String page(Reader reader, String path) throws Exception {
        return mvc.perform(get(path).with(as(reader))).andReturn().getResponse().getContentAsString();
    }

    @Test
    void whoever_changes_a_word_is_found_out() {
        var reference = references
                .find(things.make(near, near.housingDesk(), near.company()))
                .orElseThrow();
        var forged = with(reference, reference.content().replace("业主委员会", "别的委员会"));
        assertThat(verification.of(forged).lines())
                .filteredOn(line -> !line.holds())
                .extracting(TenderCheck.Line::what)
                .containsExactly("签名", "摘要");
        assertThat(Sm2.verifies("abc", sm2.sign("abc"), sm2.publicKey())).isTrue();
        assertThat(Sm2.verifies("abd", sm2.sign("abc"), sm2.publicKey())).isFalse();
        assertThat(Sm2.verifies("abc", "no signature", sm2.publicKey())).isFalse();
        assertThatThrownBy(() -> jdbc.sql("update tender_reference set content = '' where id = ?")
                        .param(reference.id())
                        .update())
                .hasMessageContaining("never changed");
    }

    private static final String ELSEWHERE = "91350100M000100Y43";

    @Test
    void a_bidder_from_elsewhere_is_told_as_one_of_whom_nothing_is_known_here() throws Exception {
        var good = listings.company(near);
        listings.year(good, listings.thisYear() - 1, YearResult.PASS, false);
        var code = things.creditCode(good);
        var name = jdbc.sql("select name from body where id = ?")
                .param(good)
                .query(String.class)
                .single();
        var id = desk.make(
                near.streetDesk(),
                TenderThings.draft(
                        near,
                        List.of(name + "　" + code.toLowerCase(java.util.Locale.ROOT), "福州某某物业有限公司 " + ELSEWHERE)));
        var reference = references.find(id).orElseThrow();
        assertThat(reference.said().bidders())
                .extracting(TenderContent.Bidder::registered)
                .containsExactly(true, false);
        assertThat(reference.said().bidders().getLast().excluded()).isFalse();
        assertThat(page(near.streetDesk(), reference.path())).contains("福州某某物业有限公司", "不在本市名册，本市没有测评记录");
        assertThat(verification.of(reference).sound()).isTrue();
        assertThat(verification.of(reference).changed()).isEmpty();
        var pdf = mvc.perform(get(reference.path() + ".pdf").with(as(near.streetDesk())))
                .andReturn()
                .getResponse();
        assertThat(pdf.getStatus()).isEqualTo(200);

        for (var wrong : List.of("别的名字 " + code, "福州某某物业有限公司 91350100M000100Y4Z", ELSEWHERE, "福州某某物业有限公司")) {
            assertThatThrownBy(() -> desk.look(near.streetDesk(), TenderThings.draft(near, List.of(wrong))))
                    .as(wrong)
                    .isInstanceOf(org.hemei.platform.Refusal.class);
        }
        assertThatThrownBy(() -> desk.look(
                        near.streetDesk(), TenderThings.draft(near, List.of("甲 " + ELSEWHERE, "乙 " + ELSEWHERE))))
                .hasMessageContaining("写了两次");
        listings.taken(good, ELSEWHERE);
        assertThat(verification.of(reference).changed()).containsExactly("福州某某物业有限公司：后来进了本市名册");
    }

    @Test
    void a_report_signed_before_there_were_bidders_from_elsewhere_is_read_as_it_was() {
        var old = references
                .find(things.make(near, near.company()))
                .orElseThrow()
                .content()
                .replace("\"form\":2", "\"form\":1");
        var said = TenderContent.read(old);
        assertThat(said.form()).isEqualTo(1);
        assertThat(said.bidders().getFirst().registered()).isTrue();
        assertThat(said.text()).as("to the sign").isEqualTo(old);
    }

    @Test
    void it_is_looked_at_before_it_is_signed_and_one_that_is_wrong_is_void_and_says_so() throws Exception {
        var before = jdbc.sql("select count(*) from tender_reference")
                .query(Long.class)
                .single();
        var seen = send(
                "/tender-references",
                "area",
                near.street(),
                "tender",
                "花园招标",
                "tenderNumber",
                "ZB-1",
                "purchaser",
                "业委会",
                "bidders",
                things.creditCode(near.company()));
        assertThat(seen).contains("看一遍再出", "签名，出参考", "还没有编号");
        var wrong = send("/tender-references", "area", near.street(), "bidders", "没有的物业");
        assertThat(wrong).contains("请写招标编号。");
        assertThat(jdbc.sql("select count(*) from tender_reference")
                        .query(Long.class)
                        .single())
                .as("looking makes none")
                .isEqualTo(before);

        var id = things.make(near, near.company());
        var reference = references.find(id).orElseThrow();
        assertThat(send(reference.path() + "/void", "reason", " ")).contains("请写为什么作废");
        assertThatThrownBy(() -> desk.annul(town.far().streetDesk(), id, "不是我们的。"))
                .isInstanceOf(Missing.class);
        assertThatThrownBy(() -> desk.annul(town.cityDesk(), id, "看过的。")).isInstanceOf(Missing.class);
        desk.annul(near.housingDesk(), id, "漏了一家投标人。");
        assertThatThrownBy(() -> desk.annul(near.streetDesk(), id, "再作废一次。")).hasMessageContaining("已经作废了");
        var now = references.find(id).orElseThrow();
        assertThat(now.content()).as("not a sign of it changes").isEqualTo(reference.content());
        assertThat(verification.of(now).sound()).isTrue();
        assertThat(page(Reader.VISITOR, "/tender-references/verify?q=" + now.number()))
                .contains("已作废，不要用。", "但作废了")
                .as("why may name who bids")
                .doesNotContain("漏了一家投标人。");
        assertThat(page(Reader.VISITOR, "/tender-references/verify?q=" + now.code()))
                .contains("漏了一家投标人。");
        assertThat(page(near.streetDesk(), "/tender-references")).contains("作废");
        assertThat(page(near.streetDesk(), now.path())).doesNotContain(now.path() + "/void");
    }

    private String send(String path, String... fields) throws Exception {
        var request = post(path);
        for (int i = 0; i < fields.length; i += 2) {
            request.param(fields[i], fields[i + 1]);
        }
        return mvc.perform(request.with(as(near.streetDesk())).with(csrf()))
                .andReturn()
                .getResponse()
                .getContentAsString();
    }

    private static TenderReference with(TenderReference was, String content) {
        return new TenderReference(
                was.id(),
                was.number(),
                was.code(),
                was.area(),
                was.tender(),
                content,
                was.sm3(),
                was.signature(),
                was.publicKey(),
                was.madeAt(),
                was.voidReason(),
                was.voidAt());
    }

    @Test
    void a_signature_of_another_implementation_verifies() {
        // GB/T 32918.5-2017, annex A: the curve and user id of the standard, message "message digest"
        assertThat(Sm2.verifies(
                        "message digest",
                        STANDARD_SIGNATURE,
                        "0409f9df311e5421a150dd7d161e4bc5c672179fad1833fc076bb08ff356f35020"
                                + "ccea490ce26775a52dc6ea718cc1aa600aed05fbf35e084a6632f6072da9ad13"))
                .isTrue();
    }

    private static final String STANDARD_SIGNATURE = der(
            "f5a03b0648d2c4630eeac513e1bb81a15944da3827d5b74143ac7eaceee720b3",
            "b1b6aa29df212fd8763182bc0d421ca1bb9038fd1f7f42d4840b69c485bbc1aa");

    private static String der(String r, String s) {
        // both begin above 7f: a nought before each
        var bytes = java.util.HexFormat.of().parseHex("3046022100" + r + "022100" + s);
        return java.util.Base64.getEncoder().encodeToString(bytes);
    }

    @Test
    void only_those_of_the_place_make_one_and_every_bidder_is_known() {
        var code = things.creditCode(near.company());
        assertThatThrownBy(() -> desk.make(town.far().streetDesk(), TenderThings.draft(near, List.of(code))))
                .isInstanceOf(Missing.class);
        assertThatThrownBy(() -> desk.make(near.communityDesk(), TenderThings.draft(near, List.of(code))))
                .isInstanceOf(Missing.class);
        assertThatThrownBy(() -> desk.make(near.streetDesk(), TenderThings.draft(near, List.of(code, "没有的物业", code))))
                .hasMessageContaining("名册里没有“没有的物业”")
                .hasMessageContaining("写了两次");
        assertThatThrownBy(() -> desk.make(near.streetDesk(), TenderThings.draft(near, List.of())))
                .hasMessageContaining("一行一家");
    }
}
