package org.hemei.registry.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hemei.testing.SignedInAs.as;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.csrf;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.multipart;

import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.UUID;
import org.hemei.platform.Reader;
import org.hemei.testing.HemeiTest;
import org.hemei.testing.Town;
import org.hemei.testing.Towns;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.mock.web.MockMultipartFile;
import org.springframework.test.web.servlet.MockMvc;

/** Documents: who keeps them, what replaces what, and that everybody can read them. */
@HemeiTest
class PolicyPagesTest {

    @Autowired
    MockMvc mvc;

    @Autowired
    Towns towns;

    @Autowired
    ReferencePolicies reference;

    @Autowired
    JdbcClient jdbc;

    Town town;

    @BeforeEach
    void build() {
        town = towns.make();
    }

    private MockHttpServletResponse post(Reader who, String path, String... fields) throws Exception {
        var request = multipart(path);
        for (int i = 0; i < fields.length; i += 2) {
            request.param(fields[i], fields[i + 1]);
        }
        return mvc.perform(request.with(as(who)).with(csrf())).andReturn().getResponse();
    }

    private MockHttpServletResponse open(Reader who, String path) throws Exception {
        return mvc.perform(get(path).with(as(who))).andReturn().getResponse();
    }

    private MockHttpServletResponse add(String title, String... more) throws Exception {
        // of a field that is there twice, the first one counts
        var fields = new java.util.ArrayList<>(java.util.List.of(more));
        fields.addAll(java.util.List.of(
                "_once", UUID.randomUUID().toString(),
                "kind", "notice",
                "title", title,
                "issuer", "试组织部",
                "area", String.valueOf(town.near().district()),
                "issuedOn", "2026-01-05",
                "validFrom", "2026-02-01"));
        return post(town.near().organisationDesk(), "/policies", fields.toArray(String[]::new));
    }

    private static String address(MockHttpServletResponse answer) {
        assertThat(answer.getStatus()).isEqualTo(303);
        return Objects.requireNonNull(answer.getRedirectedUrl()).replaceAll("\\?.*", "");
    }

    @Test
    void aDocumentIsReadByAnybodyAndEndsWhatItReplaces() throws Exception {
        var old = address(add("旧办法" + town.city()));
        var fresh = address(
                add("新办法" + town.city(), "supersedes", old.replace("/policies/", ""), "validFrom", "2026-03-01"));
        assertThat(open(Reader.VISITOR, fresh).getContentAsString())
                .contains("新办法")
                .contains("旧办法")
                .contains("有效");
        assertThat(open(Reader.VISITOR, old).getContentAsString())
                .contains("已失效")
                .contains("被这份代替");
        assertThat(open(Reader.VISITOR, "/policies?q=办法" + town.city()).getContentAsString())
                .contains("新办法")
                .doesNotContain("旧办法");
        assertThat(open(Reader.VISITOR, "/policies?old=1&q=办法" + town.city()).getContentAsString())
                .contains("旧办法");
    }

    @Test
    void whatDoesNotFitIsSaidAtItsFieldAndStaysTyped() throws Exception {
        var answer = post(
                town.near().organisationDesk(),
                "/policies",
                "_once",
                UUID.randomUUID().toString(),
                "title",
                "留着的标题",
                "area",
                String.valueOf(town.near().district()),
                "issuedOn",
                "2026-02-30",
                "validFrom",
                "2026-01-01");
        assertThat(answer.getStatus()).isEqualTo(422);
        assertThat(answer.getContentAsString())
                .contains("留着的标题")
                .contains("id=\"e-kind\"")
                .contains("id=\"e-issuer\"")
                .contains("id=\"e-issuedOn\"");
        var early = add("早施行", "link", "javascript:alert(1)", "partOf", "999999999");
        assertThat(early.getStatus()).isEqualTo(422);
        assertThat(early.getContentAsString()).contains("id=\"e-link\"").contains("id=\"e-partOf\"");
    }

    @Test
    void aStaleFormAndAForeignKeeperChangeNothing() throws Exception {
        var one = address(add("要改的" + town.city()));
        var fields = new String[] {
            "version",
            "0",
            "kind",
            "notice",
            "title",
            "改过的",
            "issuer",
            "试组织部",
            "area",
            String.valueOf(town.near().district()),
            "issuedOn",
            "2026-01-05",
            "validFrom",
            "2026-02-01"
        };
        assertThat(post(town.near().districtDesk(), one + "/edit", fields).getStatus())
                .isEqualTo(303);
        assertThat(post(town.near().districtDesk(), one + "/edit", fields).getStatus())
                .isEqualTo(409);
        assertThat(post(town.far().organisationDesk(), one + "/edit", fields).getStatus())
                .isEqualTo(404);
        assertThat(post(town.near().housingDesk(), one + "/edit", fields).getStatus())
                .isEqualTo(403);
        assertThat(post(
                                town.near().districtDesk(),
                                one + "/end",
                                "version",
                                "1",
                                "until",
                                "2026-02-01",
                                "basis",
                                "市里通知")
                        .getStatus())
                .isEqualTo(422);
        assertThat(post(town.near().districtDesk(), one + "/end", "version", "1", "until", "2026-03-01")
                        .getContentAsString())
                .contains("请写凭哪份文件或哪个决定失效");
        assertThat(post(
                                town.near().districtDesk(),
                                one + "/end",
                                "version",
                                "1",
                                "until",
                                "2026-03-01",
                                "basis",
                                "区政府第三次常务会议")
                        .getStatus())
                .isEqualTo(303);
        assertThat(open(Reader.VISITOR, one).getContentAsString()).contains("已失效", "失效依据：区政府第三次常务会议");
    }

    private String until(String one) {
        return jdbc.sql("select coalesce(valid_until::text, 'holds') from policy where id = ?")
                .param(Long.valueOf(one.replace("/policies/", "")))
                .query(String.class)
                .single();
    }

    private String detail(String one, String action) {
        return jdbc.sql(
                        "select detail::text from audit_entry where action = ? and subject_id = ? order by id desc limit 1")
                .params(action, one.replace("/policies/", ""))
                .query(String.class)
                .single();
    }

    @Test
    void whatAWrongReplacementEndedHoldsAgain() throws Exception {
        var keeper = town.near().organisationDesk();
        var wrong = address(add("错认的" + town.city()));
        var right = address(add("真旧的" + town.city()));
        var fresh = address(
                add("新的" + town.city(), "supersedes", wrong.replace("/policies/", ""), "validFrom", "2026-03-01"));
        assertThat(until(wrong)).isEqualTo("2026-03-01");
        var fields = new String[] {
            "version",
            "0",
            "kind",
            "notice",
            "title",
            "新的改了" + town.city(),
            "issuer",
            "试组织部",
            "area",
            String.valueOf(town.near().district()),
            "issuedOn",
            "2026-01-05",
            "validFrom",
            "2026-04-01",
            "supersedes",
            right.replace("/policies/", "")
        };
        assertThat(post(keeper, fresh + "/edit", fields).getStatus()).isEqualTo(303);
        assertThat(until(wrong)).as("nothing replaces it").isEqualTo("holds");
        assertThat(until(right)).isEqualTo("2026-04-01");
        assertThat(detail(fresh, "policy.amended"))
                .contains("\"validFrom\": [\"2026-03-01\", \"2026-04-01\"]", "\"title\": [\"新的" + town.city())
                .doesNotContain("issuer");
        fields[1] = "1";
        fields[13] = "2026-05-01";
        assertThat(post(keeper, fresh + "/edit", fields).getStatus()).isEqualTo(303);
        assertThat(until(right)).as("the day goes along").isEqualTo("2026-05-01");

        var version = jdbc.sql("select version::text from policy where id = ?")
                .param(Long.valueOf(right.replace("/policies/", "")))
                .query(String.class)
                .single();
        assertThat(post(keeper, right + "/correct-end", "version", version, "until", "2026-05-01", "reason", "一样")
                        .getStatus())
                .isEqualTo(422);
        assertThat(post(town.far().organisationDesk(), right + "/correct-end", "version", version, "reason", "别处的")
                        .getStatus())
                .isEqualTo(404);
        assertThat(post(keeper, right + "/correct-end", "version", version, "until", "", "reason", "还有效")
                        .getStatus())
                .isEqualTo(303);
        assertThat(until(right)).isEqualTo("holds");
        assertThat(detail(right, "policy.end_corrected")).contains("[\"2026-05-01\", null]", "还有效");
        assertThat(post(keeper, right + "/correct-end", "version", version, "until", "", "reason", "旧表")
                        .getStatus())
                .isEqualTo(409);
    }

    @Test
    void aFileIsThereForEverybody() throws Exception {
        var one = address(add("有附件的" + town.city()));
        var pdf = "%PDF-1.4\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n".getBytes(StandardCharsets.ISO_8859_1);
        var sent = mvc.perform(multipart(one + "/file")
                        .file(new MockMultipartFile("file", "全文.pdf", "application/pdf", pdf))
                        .with(as(town.near().organisationDesk()))
                        .with(csrf()))
                .andReturn()
                .getResponse();
        assertThat(sent.getStatus()).as(sent.getContentAsString()).isEqualTo(303);
        var page = open(Reader.VISITOR, one).getContentAsString();
        var file = page.replaceAll("(?s).*href=\"(" + one + "/files/[0-9a-f-]+)\".*", "$1");
        var got = open(Reader.VISITOR, file);
        assertThat(got.getStatus()).isEqualTo(200);
        assertThat(got.getContentAsByteArray()).isEqualTo(pdf);
        assertThat(got.getHeader("Content-Disposition")).startsWith("attachment");
        assertThat(post(town.near().organisationDesk(), one + "/file").getStatus())
                .isEqualTo(422);
        assertThat(post(town.near().organisationDesk(), file + "/withdraw").getStatus())
                .as("not without a reason")
                .isEqualTo(422);
        assertThat(post(town.far().organisationDesk(), file + "/withdraw", "reason", "别处的")
                        .getStatus())
                .isEqualTo(404);
        assertThat(post(town.near().organisationDesk(), file + "/withdraw", "reason", "传错了")
                        .getStatus())
                .isEqualTo(303);
        assertThat(open(Reader.VISITOR, file).getStatus()).isEqualTo(404);
        assertThat(open(Reader.VISITOR, one).getContentAsString()).doesNotContain("全文.pdf");
        assertThat(post(town.near().organisationDesk(), file + "/withdraw", "reason", "再撤")
                        .getStatus())
                .isEqualTo(404);
    }

    @Test
    void whatComesWithTheApplicationIsThereOnce() {
        assertThat(reference.load()).isZero();
        assertThat(jdbc.sql("select count(*) from policy where sample and area like '3401%'")
                        .query(Integer.class)
                        .single())
                .as("what the article names without a title")
                .isEqualTo(2);
    }
}
