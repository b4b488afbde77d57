package org.hemei.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hemei.testing.SignedInAs.as;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;

import java.time.Instant;
import java.time.LocalDate;
import org.hemei.platform.time.CivilTime;
import org.hemei.testing.HemeiTest;
import org.hemei.testing.TakenLists;
import org.hemei.testing.Town;
import org.hemei.testing.Towns;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.web.servlet.MockMvc;

/** What the auditor finds: by account, thing, action, area and time; fifty at a time; and that the taking of a copy is recorded. */
@HemeiTest
class AuditPagesTest {

    @Autowired
    TakenLists taken;

    @Autowired
    MockMvc mvc;

    @Autowired
    Towns towns;

    @Autowired
    AccountDesk desk;

    @Autowired
    JdbcClient jdbc;

    Town town;
    long clerk;

    @BeforeEach
    void acts() {
        town = towns.make();
        clerk = desk.open(town.system(), "钱小七", towns.phone(), "shen" + town.city(), "Di-Yi-Ci-1");
        desk.grant(town.security(), clerk, Role.COMMUNITY, town.near().community(), null, null);
        desk.lock(town.security(), clerk, "调走了");
    }

    private String page(String query) throws Exception {
        return mvc.perform(get("/audit" + query).with(as(town.audit())))
                .andReturn()
                .getResponse()
                .getContentAsString();
    }

    @Test
    void everythingIsFoundByWhoWhatWhichAndWhen() throws Exception {
        assertThat(page("?thing=" + clerk)).contains("<td class=\"keep\" data-label=\"做了什么\">开账号", "加职责", "停用账号");
        assertThat(page("?thing=" + clerk + "&action=grant.added"))
                .contains("<td class=\"keep\" data-label=\"做了什么\">加职责")
                .doesNotContain("<td class=\"keep\" data-label=\"做了什么\">停用账号");
        assertThat(page("?thing=" + clerk + "&who=" + town.system().account()))
                .contains("<td class=\"keep\" data-label=\"做了什么\">开账号")
                .doesNotContain("<td class=\"keep\" data-label=\"做了什么\">加职责");
        assertThat(page("?thing=" + clerk + "&kind=work_order")).contains("这里没有记录");
        var today = CivilTime.date(Instant.now());
        assertThat(page("?thing=" + clerk + "&from=" + today + "&to=" + today)).contains("停用账号</td>");
        assertThat(page("?thing=" + clerk + "&to=" + today.minusDays(1))).contains("这里没有记录");
        assertThat(page("?thing=" + clerk + "&from=nonsense&to=99999-1-1")).contains("停用账号</td>");
        assertThat(page("?who=nobody-such")).contains("这里没有记录");
    }

    @Test
    void fiftyAtATimeWithoutALossOrARepeat() throws Exception {
        var at = java.sql.Timestamp.from(CivilTime.startOf(LocalDate.of(2020, 1, 1)));
        for (var i = 0; i < 120; i++) {
            jdbc.sql("""
                    insert into audit_entry (district, id, at, account, action, subject_kind, subject_id, area)
                    values (0, nextval('audit_seq'), ?, null, 'page.test', 'page', ?, ?)
                    """).params(at, "entry-" + i + "-", town.city()).update();
        }
        var seen = new java.util.TreeSet<String>();
        var query = "?from=2019-12-31&to=2020-01-02&area=" + town.city();
        for (var pages = 0; pages < 3; pages++) {
            var page = page(query);
            var found = java.util.regex.Pattern.compile("entry-\\d+-")
                    .matcher(page)
                    .results()
                    .toList();
            assertThat(found).hasSize(pages < 2 ? 50 : 20);
            found.forEach(one -> assertThat(seen.add(one.group())).isTrue());
            var next = java.util.regex.Pattern.compile("href=\"/audit(\\?[^\"]*before=[^\"]*)\"")
                    .matcher(page);
            query = next.find() ? next.group(1).replace("&amp;", "&") : "";
        }
        assertThat(seen).hasSize(120);
    }

    @Test
    void aCopyIsAnEntry() throws Exception {
        assertThat(taken.taken(mvc, town.audit(), "audit", "thing", String.valueOf(clerk)))
                .startsWith('P', 'K');
        assertThat(page("?who=" + town.audit().account())).contains("导出审计记录</td>");
    }
}
