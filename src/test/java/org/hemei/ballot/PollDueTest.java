package org.hemei.ballot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.not;
import static org.hemei.testing.SignedInAs.as;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.content;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.hemei.platform.Reader;
import org.hemei.testing.HemeiTest;
import org.hemei.testing.MovableClock;
import org.hemei.testing.Pump;
import org.hemei.testing.Town;
import org.hemei.testing.Towns;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.web.servlet.MockMvc;

/** What of a poll waits for whom, who hears of it, and how the desk's list is narrowed. */
@HemeiTest
class PollDueTest {

    @Autowired
    Towns towns;

    @Autowired
    BallotThings things;

    @Autowired
    SheetDesk desk;

    @Autowired
    Polls polls;

    @Autowired
    PollClock pollClock;

    @Autowired
    PollListPages list;

    @Autowired
    DeskQueries queries;

    @Autowired
    MovableClock clock;

    @Autowired
    Pump pump;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    MockMvc mvc;

    private Town town;
    private Town.Side near;

    @BeforeEach
    void town() {
        town = towns.make();
        near = town.near();
    }

    @AfterEach
    void putTheClockBack() {
        clock.reset();
    }

    private List<String> told(Reader reader) {
        pump.run();
        return jdbc.sql("select title || ' ' || link from notice where account = ? order by at, id")
                .param(reader.account())
                .query(String.class)
                .list();
    }

    @Test
    void a_poll_waits_before_it_opens_before_it_closes_and_when_its_clock_stands_still() {
        var plan = things.plan(near, near.unit(), near.emptyUnit());
        var opens = clock.instant().plus(Duration.ofDays(4));
        var id = polls.plan(
                near.districtDesk(),
                new PollPlan(
                        plan.purpose(),
                        plan.title(),
                        plan.about(),
                        plan.area(),
                        opens,
                        opens.plus(Duration.ofDays(7)),
                        plan.questions(),
                        plan.groups(),
                        false));
        var desk = near.communityDesk();
        assertThat(list.waiting(desk)).isZero();
        clock.set(opens.minus(PollDue.SOON).plusSeconds(1));
        assertThat(list.waiting(desk)).isEqualTo(1);
        assertThat(list.waiting(town.far().communityDesk())).isZero();
        assertThat(list.waiting(near.districtDesk())).isZero();
        // it should have opened: from an hour on whoever is above hears of it
        clock.set(opens.plus(PollDue.GRACE).minusSeconds(30));
        assertThat(list.waiting(near.districtDesk())).isZero();
        clock.set(opens.plus(PollDue.GRACE).plusSeconds(1));
        assertThat(list.waiting(near.districtDesk())).isEqualTo(1);
        assertThat(list.waiting(town.cityDesk())).isEqualTo(1);
        assertThat(list.waiting(town.far().districtDesk())).isZero();
        pollClock.run(id);
        assertThat(list.waiting(near.districtDesk())).isZero();
        assertThat(list.waiting(desk)).isZero();
        clock.set(opens.plus(Duration.ofDays(7)).minus(PollDue.SOON).plusSeconds(1));
        assertThat(list.waiting(desk)).isEqualTo(1);
        // once every household has its ballot nothing waits
        things.handOut(near, id, near.unit());
        things.handOut(near, id, near.emptyUnit());
        assertThat(list.waiting(desk)).isZero();
    }

    @Test
    void a_sheet_waits_for_everybody_but_its_first_reader() throws Exception {
        var id = things.open(near, near.unit(), near.emptyUnit());
        things.handOut(near, id, near.unit());
        desk.print(near.communityDesk(), id, near.garden(), 1);
        var serial =
                desk.toPrint(near.communityDesk(), id, near.garden()).getFirst().serial();
        desk.key(
                near.communityDesk(),
                id,
                near.garden(),
                serial,
                "4y",
                List.of(things.scan(near, near.communityDesk())));
        assertThat(list.waiting(near.communityDesk())).isZero();
        assertThat(list.waiting(near.assessor())).isEqualTo(1);
        mvc.perform(get("/ballots?waits=1").with(as(near.assessor())))
                .andExpect(content().string(containsString("有纸票等您再录")));
        mvc.perform(get("/ballots?waits=1").with(as(near.communityDesk())))
                .andExpect(content().string(containsString("没有等您办的")));
    }

    @Test
    void sheets_for_the_printer_are_one_on_a_page_with_their_numbers() throws Exception {
        var id = things.open(near, near.unit(), near.emptyUnit());
        desk.print(near.communityDesk(), id, near.garden(), 2);
        var serials = desk.toPrint(near.communityDesk(), id, near.garden()).stream()
                .map(sheet -> Serial.told(sheet.serial()))
                .toList();
        var bytes = mvc.perform(get("/ballots/" + id + "/" + near.garden() + "/sheets.pdf")
                        .with(as(near.communityDesk())))
                .andReturn()
                .getResponse()
                .getContentAsByteArray();
        try (var file = org.apache.pdfbox.Loader.loadPDF(bytes)) {
            assertThat(file.getNumberOfPages()).isEqualTo(2);
            var text = new org.apache.pdfbox.text.PDFTextStripper().getText(file);
            assertThat(text).contains(serials).contains("保洁怎么样？").contains("公示过收支吗？");
            // nothing tells when it was made
            assertThat(text).doesNotContain("制成");
        }
        mvc.perform(get("/ballots/" + id + "/" + near.garden() + "/sheets").with(as(near.communityDesk())))
                .andExpect(content().string(containsString("sheets.pdf")));
    }

    @Test
    void the_list_is_narrowed_by_words_area_year_and_state() throws Exception {
        things.open(near, near.unit());
        var here = "试和美花园物业测评";
        var year = org.hemei.platform.time.CivilTime.date(clock.instant().plus(Duration.ofDays(7)))
                .getYear();
        for (var query :
                List.of("q=和美花园", "area=" + near.community(), "area=" + near.street(), "year=" + year, "state=open")) {
            mvc.perform(get("/ballots?" + query).with(as(near.districtDesk())))
                    .andExpect(content().string(containsString(here)));
        }
        for (var query :
                List.of("q=没有这个", "area=" + town.far().community(), "year=" + (year - 1), "state=counted", "waits=1")) {
            mvc.perform(get("/ballots?" + query).with(as(near.districtDesk())))
                    .andExpect(content().string(not(containsString(here))));
        }
    }

    @Test
    void a_page_goes_on_after_the_last_line_of_the_one_before() {
        var ids = java.util.stream.IntStream.rangeClosed(0, DeskQueries.PAGE)
                .mapToObj(n -> polls.plan(near.districtDesk(), things.plan(near, near.unit())))
                .toList();
        var desk = near.districtDesk();
        var scope = desk.scope(DeskPages.READERS);
        var first = queries.page(desk, scope, PollFilter.of(Map.of()), clock.instant());
        assertThat(first.lines()).hasSize(DeskQueries.PAGE);
        var second = queries.page(desk, scope, PollFilter.of(Map.of("after", first.next())), clock.instant());
        assertThat(second.next()).isNull();
        assertThat(java.util.stream.Stream.concat(first.lines().stream(), second.lines().stream())
                        .map(DeskQueries.Line::poll))
                .containsExactlyInAnyOrderElementsOf(ids);
    }

    @Test
    void a_drawn_household_hears_of_its_poll_and_everybody_finds_the_way_to_the_box() throws Exception {
        var id = things.open(near, near.unit());
        var take = "/ballots/" + id + "/units/" + near.unit() + "/take";
        assertThat(told(near.resident())).containsExactly("请您家投一票 " + take);
        assertThat(told(near.oldYardResident())).isEmpty();
        var box = "/ballot-box/" + id;
        mvc.perform(get("/home").with(as(near.resident()))).andExpect(content().string(containsString(take)));
        mvc.perform(get("/estates/" + near.garden())).andExpect(content().string(containsString(box)));
        // who lives there and was not drawn can follow it
        var other = things.open(near, near.emptyUnit());
        assertThat(told(near.resident())).hasSize(1);
        mvc.perform(get("/home").with(as(near.resident())))
                .andExpect(content().string(containsString("这次没抽中您家")))
                .andExpect(content().string(containsString("/ballot-box/" + other)));
        polls.close(near.districtDesk(), id);
        pollClock.run(id);
        assertThat(told(near.resident())).contains("票点完了，来查您家的票 " + box + "/" + near.garden());
    }
}
