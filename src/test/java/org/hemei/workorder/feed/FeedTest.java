package org.hemei.workorder.feed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hemei.testing.SignedInAs.as;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.csrf;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.content;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.status;

import biweekly.Biweekly;
import biweekly.ICalVersion;
import biweekly.component.VEvent;
import com.rometools.rome.feed.synd.SyndEntry;
import com.rometools.rome.io.SyndFeedInput;
import com.rometools.rome.io.XmlReader;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.hemei.platform.Reader;
import org.hemei.testing.HemeiTest;
import org.hemei.testing.MovableClock;
import org.hemei.testing.Orders;
import org.hemei.testing.Pump;
import org.hemei.testing.Town;
import org.hemei.testing.Towns;
import org.hemei.workorder.OrderId;
import org.hemei.workorder.Stranger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.web.servlet.MockMvc;

/** An estate's feed is Atom, a desk's deadlines are iCalendar, and neither has anybody's words in it. */
@HemeiTest
class FeedTest {

    private static final String SAID = "三楼王大妈家的水管漏了";

    @Autowired
    MockMvc mvc;

    @Autowired
    Towns towns;

    @Autowired
    Orders orders;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    Pump pump;

    @Autowired
    MovableClock clock;

    private Town town;

    @BeforeEach
    void build() {
        town = towns.make();
    }

    @AfterEach
    void putBack() {
        clock.reset();
    }

    @Test
    void anEstateIsFollowedByAnybody() throws Exception {
        for (var n = 0; n < Stranger.LEAST; n++) {
            var neighbour = towns.resident(town.near().garden(), town.near().unit());
            orders.at(Orders.Stage.CLOSED, town.near(), neighbour, SAID);
        }
        orders.at(Orders.Stage.CLOSED, town.far(), town.far().resident(), SAID);
        // said solved in the month after they were filed
        jdbc.sql(
                        "update work_order set submitted_at = submitted_at - interval '32 days', closed_at = closed_at where estate = ?")
                .param(town.near().garden())
                .update();
        pump.run();
        clock.advance(Duration.ofDays(31));
        var bytes = mvc.perform(get("/estates/" + town.near().garden() + "/feed.atom"))
                .andExpect(status().isOk())
                .andExpect(content().contentType("application/atom+xml;charset=UTF-8"))
                .andReturn()
                .getResponse()
                .getContentAsByteArray();
        var feed = new SyndFeedInput().build(new XmlReader(new ByteArrayInputStream(bytes)));

        assertThat(feed.getFeedType()).isEqualTo("atom_1.0");
        assertThat(feed.getLinks()).anyMatch(link -> link.getHref().endsWith("/feed.atom"));
        assertThat(feed.getEntries()).hasSize(2);
        SyndEntry filed = feed.getEntries().getLast();
        assertThat(filed.getUri()).contains("/months/");
        assertThat(filed.getDescription().getValue())
                .as("what was filed and what was said solved are of the same month")
                .matches("点单 5 件，这个月办结不到 5 件。这个月点的，居民说解决了 5 件。解决得多的：.+。");
        assertThat(feed.getEntries().getFirst().getDescription().getValue()).isEqualTo("点单不到 5 件，办结 5 件。");
        assertThat(new String(bytes, StandardCharsets.UTF_8)).doesNotContain("王大妈", "水管漏");
        var few = mvc.perform(get("/estates/" + town.far().garden() + "/feed.atom"))
                .andReturn()
                .getResponse()
                .getContentAsString(StandardCharsets.UTF_8);
        assertThat(few).contains("点单不到 5 件，办结不到 5 件。").doesNotContain("解决");
        mvc.perform(get("/estates/999999999/feed.atom")).andExpect(status().isNotFound());
    }

    private String make(Reader reader) throws Exception {
        var page = mvc.perform(post("/me/calendar").with(as(reader)).with(csrf()))
                .andExpect(status().isOk())
                .andReturn()
                .getResponse()
                .getContentAsString();
        return page.replaceAll("(?s).*https://hemei.example(/feeds/deadlines/[A-Za-z0-9_-]{32}\\.ics).*", "$1");
    }

    private String read(String path) throws Exception {
        return mvc.perform(get(path))
                .andExpect(status().isOk())
                .andReturn()
                .getResponse()
                .getContentAsString(StandardCharsets.UTF_8);
    }

    @Test
    void aDesksDeadlinesAreACalendar() throws Exception {
        var id = orders.at(Orders.Stage.DISPATCHED, town.near(), town.near().resident(), SAID);
        orders.at(Orders.Stage.DISPATCHED, town.far(), town.far().resident(), SAID);
        var path = make(town.near().manager());
        var text = read(path);
        var calendar = Biweekly.parse(text).first();

        assertThat(calendar.validate(ICalVersion.V2_0).isEmpty())
                .as(calendar.validate(ICalVersion.V2_0).toString())
                .isTrue();
        assertThat(calendar.getEvents()).hasSize(1);
        VEvent event = calendar.getEvents().getFirst();
        assertThat(event.getUid().getValue()).startsWith(id + "-dispatched@");
        assertThat(event.getUrl().getValue()).endsWith("/orders/" + id);
        var due = jdbc.sql("select date_trunc('second', due_at) from work_order where district = ? and id = ?")
                .params(id.district(), id.id())
                .query((r, n) -> r.getTimestamp(1).toInstant())
                .single();
        assertThat(event.getDateStart().getValue().toInstant()).isEqualTo(due);
        assertThat(text).doesNotContain("王大妈", "水管漏");
        assertThat(text.lines()).allMatch(line -> line.getBytes(StandardCharsets.UTF_8).length <= 75);
        assertThat(text.replace("\r\n", "")).doesNotContain("\n", "\r");
    }

    @Test
    void aHelpersCalendarHasTheDayOfTheirOwnPart() throws Exception {
        var near = town.near();
        var id = orders.at(Orders.Stage.HELPED, near, near.resident(), SAID);
        var due = jdbc.sql("select due_at from assist_task where district = ? and order_id = ?")
                .params(id.district(), id.id())
                .query((r, n) -> r.getTimestamp(1).toInstant().truncatedTo(ChronoUnit.SECONDS))
                .single();
        var events = Biweekly.parse(read(make(near.helper()))).first().getEvents();
        assertThat(events)
                .as("not only that of the order")
                .anyMatch(event -> event.getDateStart().getValue().toInstant().equals(due)
                        && event.getUrl().getValue().endsWith("/orders/" + id));
    }

    @Test
    void theAddressCanBeRenewedAndEndsWithTheGrant() throws Exception {
        var manager = town.near().manager();
        var first = make(manager);
        var second = make(manager);
        mvc.perform(get(first)).andExpect(status().isNotFound());
        assertThat(read(second)).startsWith("BEGIN:VCALENDAR");
        assertThat(jdbc.sql("select token_hash from calendar_feed where account = ?")
                        .param(manager.account())
                        .query(String.class)
                        .single())
                .as("only its hash is kept")
                .isNotEqualTo(second.replaceAll(".*/|\\.ics", ""));
        jdbc.sql("update access_grant set until = now() where account = ?")
                .param(manager.account())
                .update();
        mvc.perform(get(second)).andExpect(status().isNotFound());
    }

    @Test
    void whatWouldBreakTheFormatIsEscapedAndFolded() {
        var deadline = new DeadlineCalendar.Deadline(
                new OrderId(340111, 7),
                "261126-0007",
                "dispatched",
                "待接单",
                "a;b,c\\d\r\nBEGIN:VEVENT" + "很长的类别名称".repeat(20),
                Instant.parse("2026-11-27T09:30:00Z"));
        var text = ICalendar.of(
                List.of(deadline), Instant.parse("2026-11-26T00:00:00Z"), "https://h.example", "h.example");
        var calendar = Biweekly.parse(text).first();
        assertThat(calendar.getEvents()).hasSize(1);
        assertThat(calendar.getEvents().getFirst().getSummary().getValue())
                .contains("a;b,c\\d\nBEGIN:VEVENT")
                .endsWith("261126-0007");
        assertThat(text.lines()).allMatch(line -> line.getBytes(StandardCharsets.UTF_8).length <= 75);
    }
}
