package org.hemei.registry.people;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.hemei.testing.SignedInAs.as;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.csrf;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;

import java.net.URI;
import java.time.LocalDate;
import org.hemei.access.Role;
import org.hemei.platform.Reader;
import org.hemei.platform.Stale;
import org.hemei.platform.privacy.PersonalData;
import org.hemei.platform.time.CivilTime;
import org.hemei.testing.HemeiTest;
import org.hemei.testing.MovableClock;
import org.hemei.testing.Pump;
import org.hemei.testing.Town;
import org.hemei.testing.Towns;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.test.web.servlet.MockMvc;

/** Posts that were entered by mistake, and the people of one body, for whoever oversees it and for whoever runs it. */
@HemeiTest
class PostsTakenBackTest {

    @Autowired
    MockMvc mvc;

    @Autowired
    AppointmentDesk desk;

    @Autowired
    PostHistory history;

    @Autowired
    PersonData data;

    @Autowired
    Towns towns;

    @Autowired
    MovableClock clock;

    @Autowired
    Pump pump;

    @Autowired
    JdbcClient jdbc;

    Town town;
    Town.Side side;

    @BeforeEach
    void build() {
        town = towns.make();
        side = town.near();
    }

    private LocalDate today() {
        return CivilTime.date(clock.instant());
    }

    private MockHttpServletResponse page(Reader reader, String path) throws Exception {
        // a link of a page is encoded already
        var wanted = path.contains("%") ? get(URI.create(path)) : get(path);
        return mvc.perform(wanted.with(as(reader))).andReturn().getResponse();
    }

    private String words(Reader reader, String path) throws Exception {
        var answer = page(reader, path);
        assertThat(answer.getStatus()).as(path).isEqualTo(200);
        return answer.getContentAsString();
    }

    private int send(Reader reader, String path, String... pairs) throws Exception {
        var request = post(path).with(as(reader)).with(csrf());
        for (var n = 0; n < pairs.length; n += 2) {
            request.param(pairs[n], pairs[n + 1]);
        }
        return mvc.perform(request).andReturn().getResponse().getStatus();
    }

    @Test
    void a_post_entered_by_mistake_leaves_every_list_and_its_story_stays() throws Exception {
        var wrong = towns.person("错先生");
        var id = towns.post(wrong, side.committee(), "居委会委员");
        var reader = side.communityDesk();
        assertThat(words(reader, "/people?body=" + side.committee())).contains("错先生");
        assertThat(send(reader, "/appointments/" + id + "/take-back", "version", "0"))
                .isEqualTo(422);
        assertThat(send(reader, "/appointments/" + id + "/take-back", "version", "0", "mistake", "extended"))
                .as("no reason to take something back")
                .isEqualTo(422);
        assertThat(send(reader, "/appointments/" + id + "/take-back", "version", "0", "mistake", "wrong_person"))
                .isEqualTo(303);

        assertThat(words(reader, "/people?body=" + side.committee() + "&day=" + today().minusDays(30)))
                .as("nor was it on a day of the past")
                .doesNotContain("错先生")
                .contains("撤回的任职", "错**", "人登记错了");
        assertThat(words(reader, "/appointments/" + id))
                .as("whoever it is, they are nobody's to appoint there")
                .doesNotContain("错先生")
                .contains("错**", "居委会委员", "撤回", "人登记错了", "原来从" + CivilTime.day(today().minusYears(1)) + "起");
        assertThat(data.held(wrong))
                .as("and they read it themselves")
                .flatExtracting(PersonalData.Section::entries)
                .anySatisfy(entry -> {
                    assertThat(entry.label()).contains("居委会委员");
                    assertThat(entry.value()).contains("撤回了：人登记错了");
                });
        assertThat(page(reader, "/people/" + wrong).getStatus()).isEqualTo(404);
        assertThat(page(town.far().communityDesk(), "/appointments/" + id).getStatus())
                .isEqualTo(404);
        assertThat(send(reader, "/appointments/" + id + "/take-back", "version", "0", "mistake", "twice"))
                .isEqualTo(404);
        assertThat(history.changes(id)).singleElement().satisfies(change -> {
            assertThat(change.verb()).isEqualTo("撤回");
            assertThat(change.reason()).isEqualTo("人登记错了");
        });
    }

    @Test
    void a_form_that_was_refused_empties_no_other_of_the_page() throws Exception {
        var first = LocalDate.of(2024, 3, 1);
        var id = towns.post(towns.person("错先生"), side.committee(), "居委会委员", first, LocalDate.of(2031, 1, 1));
        var refused = mvc.perform(post("/appointments/" + id + "/take-back")
                        .param("version", "0")
                        .with(as(side.communityDesk()))
                        .with(csrf()))
                .andReturn()
                .getResponse()
                .getContentAsString();
        assertThat(refused)
                .contains("请选为什么撤回", "value=\"2024-03-01\"", "value=\"2030-12-31\"", "value=\"" + today() + "\"");
    }

    @Test
    void the_post_is_free_from_its_first_day_and_a_stale_form_takes_nothing_back() {
        var head = "居委会主任";
        var id = towns.post(towns.person("先登记"), side.committee(), head);
        var right = towns.person("周主任");
        towns.post(right, side.backstop(), "队员");
        var wanted = new AppointmentDesk.Appointing(
                right, "", "", side.committee(), head, null, true, today().minusDays(90), null);
        assertThatThrownBy(() -> desk.appoint(side.communityDesk(), wanted)).hasMessageContaining("同时只有一个人");
        desk.correct(side.communityDesk(), id, 0, true, today().minusYears(2), null, EntryReason.WRONG_DAY);
        assertThatThrownBy(() -> desk.takeBack(side.communityDesk(), id, 0, EntryReason.WRONG_PERSON))
                .isInstanceOf(Stale.class);
        desk.takeBack(side.communityDesk(), id, 1, EntryReason.WRONG_PERSON);
        assertThat(desk.appoint(side.communityDesk(), wanted)).isPositive();
    }

    /** A conflict that was found because of the entry never was. */
    @Test
    void what_was_found_because_of_it_goes_with_it() {
        var owners = towns.bodyOf("owners_committee", null, "试业委会" + town.city(), side.community(), side.garden());
        var person = towns.person("周委员");
        var seat = towns.post(person, owners, "业委会委员");
        var job = towns.post(person, side.company(), "物业员工");
        jdbc.sql("""
                        insert into appointment_conflict (committee, employment, contract, estate, found_on)
                        select ?, ?, c.id, c.estate, ? from contract c where c.estate = ?
                        """).params(seat, job, today(), side.garden()).update();
        desk.takeBack(side.communityDesk(), seat, 0, EntryReason.WRONG_PERSON);
        assertThat(jdbc.sql("select count(*) from appointment_conflict where employment = ?")
                        .param(job)
                        .query(Integer.class)
                        .single())
                .isZero();
    }

    @Test
    void everybody_hears_of_what_others_write_down_of_their_posts() {
        var named = towns.reader(towns.account());
        towns.post(named.person(), side.backstop(), "队员");
        var reader = side.communityDesk();
        var id = desk.appoint(reader, wanted(named.person()));
        desk.correct(reader, id, 0, false, today(), null, EntryReason.WORKING_TIME);
        desk.end(reader, id, 1, today(), EndReason.RESIGNED);
        desk.takeBack(reader, id, 2, EntryReason.NEVER);
        var again = desk.appoint(reader, wanted(named.person()));
        desk.end(reader, again, 0, today(), EndReason.RECALLED);
        towns.post(reader.person(), side.backstop(), "队员");
        desk.appoint(reader, wanted(reader.person()));
        pump.run();
        assertThat(told(named))
                .hasSize(6)
                .allMatch(title -> title.contains("居委会委员"))
                .element(0)
                .asString()
                .startsWith("任命您为试社区居委会");
        assertThat(told(named).get(2)).as("nobody removed them").startsWith("登记了您不再任试社区居委会");
        assertThat(told(named).get(3)).startsWith("撤回了登记错的");
        assertThat(told(named).getLast()).startsWith("免去您的");
        assertThat(jdbc.sql("select body from notice where account = ? and title like '登记了您不再任%'")
                        .param(named.account())
                        .query(String.class)
                        .single())
                .startsWith("原因：本人辞去。");
        assertThat(told(reader)).as("by one's own hand").noneMatch(title -> title.contains("任命您为"));
    }

    private AppointmentDesk.Appointing wanted(long person) {
        return new AppointmentDesk.Appointing(person, "", "", side.committee(), "居委会委员", null, true, today(), null);
    }

    private java.util.List<String> told(Reader reader) {
        return jdbc.sql("select title from notice where account = ? order by id")
                .param(reader.account())
                .query(String.class)
                .list();
    }

    @Test
    void whoever_runs_a_company_has_its_people_and_nobody_elses() throws Exception {
        var manager = towns.account(Role.MANAGER, null, null, side.company(), null);
        towns.post(towns.person("赵经理"), side.company(), "项目经理");
        towns.post(towns.person("钱员工"), side.company(), "物业员工");
        towns.post(towns.person("外经理"), town.far().company(), "项目经理");
        var list = words(manager, "/people");
        assertThat(list)
                .contains("赵经理", "钱员工", "/appointments/new?body=" + side.company())
                .doesNotContain("外经理");
        assertThat(list.indexOf("赵经理")).as("by the rank of the post").isLessThan(list.indexOf("钱员工"));
        assertThat(words(manager, "/people?post=物业员工")).contains("钱员工").doesNotContain("赵经理");
        assertThat(page(manager, "/people?body=" + town.far().company()).getStatus())
                .isEqualTo(404);
        assertThat(page(manager, "/people?area=" + side.community()).getContentAsString())
                .contains("赵经理");
        assertThat(words(manager, "/todo")).contains("href=\"/people\"");
        assertThat(words(manager, "/appointments/new?body=" + side.company()))
                .as("the way back is one that is open")
                .contains("/people?body=" + side.company())
                .doesNotContain("href=\"/companies/" + side.company() + "\"");
        assertThat(page(side.manager(), "/people").getStatus())
                .as("one project is not the company")
                .isEqualTo(403);
        assertThat(words(side.manager(), "/todo")).doesNotContain("href=\"/people\"");
    }

    /** Its estates' communities oversee its people there and read its page, wherever it is registered. */
    @Test
    void a_company_from_elsewhere_is_reached_by_its_own_page() throws Exception {
        var elsewhere = town.far().company();
        towns.contract(elsewhere, side.oldYard());
        var manager = towns.person("远经理");
        var id = towns.post(manager, elsewhere, "项目经理");
        jdbc.sql("update appointment set estate = ? where id = ?")
                .params(side.oldYard(), id)
                .update();
        assertThat(words(side.communityDesk(), "/people/" + manager))
                .contains("远**", "\"/companies/" + elsewhere + "\"")
                .doesNotContain("/people?body=" + elsewhere);
        assertThat(page(side.communityDesk(), "/companies/" + elsewhere).getStatus())
                .isEqualTo(200);
    }

    @Test
    void every_page_of_a_long_list_and_its_branches_are_there_and_each_figure_leads_to_as_many() throws Exception {
        var branch = jdbc.sql("""
                        insert into body (kind, name, short_name, area, company, since)
                        values ('company_branch', :name, :name, :area, :company, date '2020-01-01') returning id
                        """)
                .param("name", "试分公司" + town.city())
                .param("area", String.valueOf(side.district()))
                .param("company", side.company())
                .query(Long.class)
                .single();
        for (var n = 0; n < 53; n++) {
            towns.post(towns.person("员" + n), n < 2 ? branch : side.company(), "物业员工");
        }
        var path = "/people?body=" + side.company() + "&post=物业员工";
        var first = words(side.housingDesk(), path);
        assertThat(first.split("/people/\\d+", -1)).hasSize(51);
        var next =
                first.replaceAll("(?s).*href=\"([^\"]*after=[^\"]*)\".*", "$1").replace("&amp;", "&");
        assertThat(words(side.housingDesk(), next).split("/people/\\d+", -1)).hasSize(4);
        assertThat(words(side.housingDesk(), "/companies/" + side.company())).contains("53 人");
    }
}
