package org.hemei.evaluation.listing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.hemei.testing.SignedInAs.as;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.csrf;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.regex.Pattern;
import org.hemei.evaluation.tender.TenderThings;
import org.hemei.platform.Reader;
import org.hemei.platform.Refusal;
import org.hemei.testing.HemeiTest;
import org.hemei.testing.Town;
import org.hemei.testing.Towns;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.test.web.servlet.MockMvc;

/** A listing informs; it excludes or is shared only where the basis recorded on it, and the law that names, allow it that day. */
@HemeiTest
class ListingEffectTest {

    @Autowired
    private Towns towns;

    @Autowired
    private ListingThings things;

    @Autowired
    private TenderThings tenders;

    @Autowired
    private RepairDesk repairs;

    @Autowired
    private JdbcClient jdbc;

    @Autowired
    private MockMvc mvc;

    private Town.Side near;
    private Town.Side far;

    @BeforeEach
    void build() {
        var town = towns.make();
        near = town.near();
        far = town.far();
    }

    private MockHttpServletResponse open(Reader reader, String path) throws Exception {
        return mvc.perform(get(path).with(as(reader))).andReturn().getResponse();
    }

    private String page(Reader reader, String path) throws Exception {
        return open(reader, path).getContentAsString();
    }

    private MockHttpServletResponse hand(Reader reader, String format) throws Exception {
        return mvc.perform(post("/listings/shares")
                        .param("_once", java.util.UUID.randomUUID().toString())
                        .param("recipient", "市公共信用信息平台")
                        .param("purpose", "信用信息归集")
                        .param("format", format)
                        .with(as(reader))
                        .with(csrf()))
                .andReturn()
                .getResponse();
    }

    private long company(long listing) {
        return jdbc.sql("select company from listing where id = ?")
                .param(listing)
                .query(Long.class)
                .single();
    }

    private String name(long listing) {
        return jdbc.sql("select b.name from listing l join body b on b.id = l.company where l.id = ?")
                .param(listing)
                .query(String.class)
                .single();
    }

    @Test
    void one_that_only_informs_weighs_nowhere_and_goes_nowhere() throws Exception {
        var id = things.at(ListingState.LISTED, near);
        assertThat(page(Reader.VISITOR, "/blacklist")).contains("只供参考，不限制投标", name(id));
        assertThat(page(Reader.VISITOR, "/companies/" + company(id) + "/public"))
                .contains("只供参考，不限制投标")
                .doesNotContain("不得参加投标。");
        var tender = page(near.streetDesk(), "/tender-references/" + tenders.make(near, company(id)));
        assertThat(tender).contains("只供参考，不限制投标").doesNotContain("<b>不得参加投标</b>");

        assertThat(page(near.housingDesk(), "/listings/shares")).contains("依据没有允许共享，只供参考", "能共享 0 件");
        assertThat(hand(near.housingDesk(), "csv").getStatus()).isEqualTo(422);
        assertThat(page(near.housingDesk(), "/api/v1/listings")).contains("\"listings\":[]");
        assertThat(page(near.housingDesk(), "/api/v1/listings.csv")).doesNotContain(name(id));
        var one = open(near.housingDesk(), "/api/v1/listings/" + id);
        assertThat(one.getStatus()).isEqualTo(422);
        assertThat(one.getContentAsString()).contains("依据没有允许共享，只供参考，不能共享。");
        assertThat(jdbc.sql("select count(*) from listing_share_item where listing = ?")
                        .param(id)
                        .query(Long.class)
                        .single())
                .as("nothing went out")
                .isZero();
    }

    @Test
    void one_whose_law_allows_it_keeps_out_of_tenders_and_is_shared_with_a_line_for_each() throws Exception {
        var law = things.law(near, true, true);
        var id = things.listedOn(near, law.basis());
        assertThat(page(Reader.VISITOR, "/blacklist")).contains("列入期间不得参加投标。");
        assertThat(page(Reader.VISITOR, "/companies/" + company(id) + "/public"))
                .contains("列入期间不得参加投标。");
        var made = tenders.make(near, company(id));
        assertThat(page(near.streetDesk(), "/tender-references/" + made)).contains("<b>不得参加投标</b>");

        var file = hand(near.housingDesk(), "csv");
        assertThat(file.getStatus()).isEqualTo(200);
        assertThat(file.getHeader("Content-Disposition")).contains("attachment");
        assertThat(file.getContentAsString(java.nio.charset.StandardCharsets.UTF_8))
                .contains(name(id), "某条例 第九条", "列入期间不得参加投标", "列入中");
        for (int i = 0; i < 3; i++) {
            assertThat(page(near.housingDesk(), "/api/v1/listings")).contains(name(id), "\"ended\":[]");
        }
        assertThat(page(near.housingDesk(), "/api/v1/listings/" + id)).contains("某条例");
        assertThat(page(near.housingDesk(), "/listings/shares")).contains("市公共信用信息平台", "信用信息归集", "同样的取过");
        assertThat(page(things.manager(near), "/listings/" + id))
                .as("the company knows to whom")
                .contains("市公共信用信息平台");

        for (var stranger : List.of(far.housingDesk(), far.districtDesk())) {
            assertThat(page(stranger, "/api/v1/listings")).doesNotContain(name(id));
            assertThat(open(stranger, "/api/v1/listings/" + id).getStatus()).isEqualTo(404);
            assertThat(page(stranger, "/listings/shares")).doesNotContain("市公共信用信息平台");
        }
        for (var not : List.of(near.streetDesk(), near.manager(), near.resident())) {
            assertThat(open(not, "/api/v1/listings").getStatus()).isEqualTo(403);
            assertThat(hand(not, "json").getStatus()).isEqualTo(403);
        }

        // removal ends all of it, and whoever took it is told
        jdbc.sql(
                        "update listing set listed_on = listed_on - 400, decided_on = decided_on - 400, least_last = least_last - 400 where id = ?")
                .param(id)
                .update();
        repairs.apply(things.manager(near), id, things.version(id), "改好了。", List.of());
        repairs.verify(near.streetDesk(), id, things.version(id), true, "都好了。", List.of());
        repairs.conclude(near.housingDesk(), id, things.version(id), true, "整改到位。", List.of());
        assertThat(page(near.housingDesk(), "/api/v1/listings"))
                .contains("\"listings\":[]", "\"why\":\"removed\"", name(id));
        assertThat(page(near.housingDesk(), "/api/v1/listings.csv")).contains("修复移出，请停用");
        assertThat(open(near.housingDesk(), "/api/v1/listings/" + id).getContentAsString())
                .contains("这件现在不在列");
        assertThat(hand(near.housingDesk(), "json").getStatus()).isEqualTo(422);
        assertThat(page(near.streetDesk(), "/tender-references/" + made))
                .as("the report says what was known that day")
                .contains("<b>不得参加投标</b>", "后来修复，从“黑名单”移出了");
        assertThat(page(near.streetDesk(), "/tender-references/" + tenders.make(near, company(id))))
                .doesNotContain("<b>不得参加投标</b>");
    }

    @Test
    void what_the_law_no_longer_allows_ends_with_the_law_and_with_the_basis() throws Exception {
        var today = things.today();
        for (var end : List.of(
                "update policy set valid_until = :day where id = :policy",
                "update listing_basis set during = daterange(lower(during) - 10, :day) where id = :basis")) {
            var law = things.law(near, true, true);
            var id = things.listedOn(near, law.basis());
            assertThat(page(near.housingDesk(), "/api/v1/listings")).contains(name(id));
            jdbc.sql(end)
                    .param("day", today)
                    .param("policy", law.policy())
                    .param("basis", law.basis())
                    .update();
            assertThat(page(near.housingDesk(), "/api/v1/listings")).contains("\"why\":\"basis\"");
            assertThat(open(near.housingDesk(), "/api/v1/listings/" + id).getContentAsString())
                    .contains("依据现在不再有效");
            assertThat(page(near.housingDesk(), "/listings/" + id)).contains("依据现在不再有效：只供参考");
            assertThat(page(near.streetDesk(), "/tender-references/" + tenders.make(near, company(id))))
                    .contains("只供参考，不限制投标")
                    .doesNotContain("<b>不得参加投标</b>");
        }
    }

    @Test
    void allowing_one_does_not_allow_the_other() throws Exception {
        var keepsOut = things.listedOn(near, things.law(near, true, false).basis());
        var shared = things.listedOn(near, things.law(near, false, true).basis());
        assertThat(page(near.housingDesk(), "/api/v1/listings"))
                .contains(name(shared), "\"excludes\":false")
                .doesNotContain(name(keepsOut));
        var page =
                page(near.streetDesk(), "/tender-references/" + tenders.make(near, company(keepsOut), company(shared)));
        assertThat(page).contains("<b>不得参加投标</b>", "<b>只供参考，不限制投标</b>");
    }

    @Test
    void nobody_else_in_the_house_reads_the_list() throws IOException {
        var reads = Pattern.compile("\\b(from|join|update|into)\\s+listing(_\\w+)?\\b");
        try (var sources = Files.walk(Path.of("src", "main", "java"))) {
            assertThat(sources.filter(file -> file.toString().endsWith(".java"))
                            .filter(file -> reads.matcher(text(file)).find())
                            // whoever changes a year asks whether a case rests on it, and changes it only then by two
                            .filter(file -> !file.endsWith("CasesOnYears.java"))
                            .map(file -> file.getParent().toString().replace('\\', '/'))
                            .distinct())
                    .as("league, open data, orders and contracts take no notice of it")
                    .containsExactlyInAnyOrder(
                            "src/main/java/org/hemei/evaluation/listing",
                            "src/main/java/org/hemei/evaluation/tender",
                            "src/main/java/org/hemei/demo");
        }
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void a_basis_that_names_no_law_is_refused_what_it_does_not_allow() {
        var draft = new BasisDesk.Draft(
                ListingThings.area(near), "某局通知", "第三条", "共享给各部门", null, false, true, LocalDate.now());
        assertThatThrownBy(() -> things.bases().add(near.housingDesk(), draft))
                .isInstanceOf(Refusal.class)
                .hasMessageContaining("法律、法规或者党中央、国务院文件");
    }
}
