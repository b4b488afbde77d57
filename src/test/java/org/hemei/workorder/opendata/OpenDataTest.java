package org.hemei.workorder.opendata;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.hasItem;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.content;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.header;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.jsonPath;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.status;

import de.siegmar.fastcsv.reader.CsvReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.LocalDate;
import org.hemei.testing.HemeiTest;
import org.hemei.testing.MovableClock;
import org.hemei.testing.Orders;
import org.hemei.testing.Pump;
import org.hemei.testing.Town;
import org.hemei.testing.Towns;
import org.hemei.workorder.opendata.OpenData.Place;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.web.servlet.MockMvc;

/** Anybody may take the figures, and nobody finds a person in them. */
@HemeiTest
class OpenDataTest {

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

    private void file(Town.Side side, int count) {
        for (var n = 0; n < count; n++) {
            orders.file(towns.resident(side.garden(), side.unit()), side.garden(), SAID);
        }
        pump.run();
    }

    private String path(String what, Town.Side side) {
        return "/open-data/orders." + what + "?area=" + side.community();
    }

    @Test
    void countsAreTheFigureSmallOnesAreNotAndTheMonthIsOver() throws Exception {
        file(town.near(), 6);
        file(town.far(), 4);
        mvc.perform(get(path("json", town.near())))
                .andExpect(status().isOk())
                .andExpect(jsonPath("$.items.length()").value(0));

        clock.advance(Duration.ofDays(31));
        mvc.perform(get(path("json", town.near())))
                .andExpect(header().stringValues("Link", hasItem(containsString("rel=\"license\""))))
                .andExpect(jsonPath("$.licence").value("CC BY 4.0"))
                .andExpect(jsonPath("$.items.length()").value(1))
                .andExpect(
                        jsonPath("$.items[0].community_code").value(town.near().community()))
                .andExpect(jsonPath("$.items[0].filed").value(6))
                .andExpect(jsonPath("$.items[0].solved").doesNotExist())
                .andExpect(jsonPath("$.next").doesNotExist());
        mvc.perform(get(path("json", town.far())))
                .andExpect(jsonPath("$.items.length()").value(1))
                .andExpect(jsonPath("$.items[0].filed").doesNotExist());
    }

    /** 20 counted and 19 in time is one that was late; five left over are told, and so is none. */
    @Test
    void whatSubtractionWouldTellIsLeftOutToo() throws Exception {
        file(town.near(), 6);
        jdbc.sql("""
                        update order_count set response_in_time = 19, response_missed = 1, resolution_solved = 15, resolution_unsolved = 5,
                               satisfaction_satisfied = 12, satisfaction_not_satisfied = 0
                        where scope = ? and topic <> ''
                        """).param(town.near().community()).update();
        clock.advance(Duration.ofDays(31));
        mvc.perform(get(path("json", town.near())))
                .andExpect(jsonPath("$.items[0].contact_counted").value(20))
                .andExpect(jsonPath("$.items[0].contacted_in_time").doesNotExist())
                .andExpect(jsonPath("$.items[0].rated").value(20))
                .andExpect(jsonPath("$.items[0].solved").value(15))
                .andExpect(jsonPath("$.items[0].marked").value(12))
                .andExpect(jsonPath("$.items[0].satisfied").value(12));

        // beside twenty filed nineteen that were rated would tell who was not
        jdbc.sql("""
                        update order_count set filed = 20, response_in_time = 16, response_missed = 0, resolution_solved = 19, resolution_unsolved = 0,
                               satisfaction_satisfied = 15, satisfaction_not_satisfied = 0
                        where scope = ? and topic <> ''
                        """).param(town.near().community()).update();
        mvc.perform(get(path("json", town.near())))
                .andExpect(jsonPath("$.items[0].filed").value(20))
                .andExpect(jsonPath("$.items[0].contact_counted").doesNotExist())
                .andExpect(jsonPath("$.items[0].contacted_in_time").doesNotExist())
                .andExpect(jsonPath("$.items[0].rated").doesNotExist())
                .andExpect(jsonPath("$.items[0].solved").doesNotExist())
                .andExpect(jsonPath("$.items[0].marked").doesNotExist())
                .andExpect(jsonPath("$.items[0].satisfied").doesNotExist());
    }

    @Test
    void aFileHasItsColumnsAndNobodysWords() throws Exception {
        file(town.near(), 6);
        clock.advance(Duration.ofDays(31));
        var text = mvc.perform(get(path("csv", town.near())))
                .andExpect(status().isOk())
                .andExpect(content().contentType("text/csv;charset=UTF-8"))
                .andReturn()
                .getResponse()
                .getContentAsString(StandardCharsets.UTF_8);
        assertThat(text).startsWith("\uFEFF").doesNotContain("王大妈", "水管");
        try (var csv = CsvReader.builder().ofCsvRecord(text.substring(1))) {
            var rows = csv.stream().toList();
            assertThat(rows.getFirst().getFields())
                    .containsExactlyElementsOf(
                            OpenData.COLUMNS.stream().map(OpenData.Column::name).toList());
            assertThat(rows).hasSize(2);
            assertThat(rows.get(1).getFields()).hasSize(OpenData.COLUMNS.size()).contains("6");
        }
        mvc.perform(get("/open-data"))
                .andExpect(status().isOk())
                .andExpect(content().string(containsString("community_code")))
                .andExpect(content().string(containsString("CC BY 4.0")));
    }

    @Test
    void whatIsAskedWronglyIsSaid() throws Exception {
        mvc.perform(get("/open-data/orders.json").param("area", "x' or 1=1")).andExpect(status().is4xxClientError());
        mvc.perform(get("/open-data/orders.json").param("from", "2026-13")).andExpect(status().is4xxClientError());
        mvc.perform(get("/open-data/orders.csv").param("after", "elsewhere")).andExpect(status().is4xxClientError());
        var place = new Place("340104001001", LocalDate.of(2026, 10, 1), "plumbing");
        assertThat(Place.of(place.toString())).isEqualTo(place);
    }
}
