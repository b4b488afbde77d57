package org.hemei.evaluation.scheme;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hemei.testing.SignedInAs.as;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.csrf;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.redirectedUrl;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.status;

import org.hemei.evaluation.campaign.EvaluationThings;
import org.hemei.platform.Reader;
import org.hemei.testing.HemeiTest;
import org.hemei.testing.TakenLists;
import org.hemei.testing.Town;
import org.hemei.testing.Towns;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.web.servlet.MockMvc;

/** The list of schemes: narrowed, taken away, and without drafts that nobody wants. */
@HemeiTest
class SchemeListTest {

    @Autowired
    Towns towns;

    @Autowired
    EvaluationThings things;

    @Autowired
    TakenLists lists;

    @Autowired
    MockMvc mvc;

    @Autowired
    JdbcClient jdbc;

    private Town town;
    private Town.Side near;

    @BeforeEach
    void town() {
        town = towns.make();
        near = town.near();
    }

    private String list(String query, Reader reader) throws Exception {
        return mvc.perform(get("/schemes" + query).with(as(reader)))
                .andReturn()
                .getResponse()
                .getContentAsString();
    }

    private static String link(long scheme) {
        return "href=\"/schemes/" + scheme + "\"";
    }

    @Test
    void the_list_is_narrowed_by_area_and_state_and_taken_away() throws Exception {
        var district = String.valueOf(near.district());
        var published = things.scheme(district, "published");
        var draft = things.scheme(district, "draft");
        var elsewhere = things.scheme(String.valueOf(town.far().district()), "published");
        var keeper = near.housingDesk();
        assertThat(list("?area=" + district, keeper))
                .contains(link(published), link(draft))
                .doesNotContain(link(elsewhere));
        assertThat(list("?area=" + district + "&state=published", keeper))
                .contains(link(published))
                .doesNotContain(link(draft));
        assertThat(list("?area=" + district + "&state=draft", keeper))
                .contains(link(draft))
                .doesNotContain(link(published));
        assertThat(list("?area=" + district + "&state=draft", near.resident()))
                .as("nobody else's drafts")
                .doesNotContain(link(draft))
                .contains("没有这样的方案");
        // what the city made holds in the district as well
        var city = things.scheme(town.city(), "published");
        assertThat(list("?area=" + district, keeper)).contains(link(city));
        assertThat(lists.taken(mvc, keeper, "schemes", "area", district)).isNotEmpty();
    }

    @Test
    void a_draft_that_nobody_wants_goes_and_a_published_scheme_does_not() throws Exception {
        var district = String.valueOf(near.district());
        var draft = things.scheme(district, "draft");
        var path = "/schemes/" + draft + "/discard";
        mvc.perform(post(path)
                        .param("version", "0")
                        .with(as(town.far().housingDesk()))
                        .with(csrf()))
                .andExpect(status().isNotFound());
        mvc.perform(post(path)
                        .param("version", "7")
                        .with(as(near.housingDesk()))
                        .with(csrf()))
                .andExpect(status().isConflict());
        mvc.perform(post(path)
                        .param("version", "0")
                        .with(as(near.housingDesk()))
                        .with(csrf()))
                .andExpect(redirectedUrl("/schemes?done=discarded"));
        mvc.perform(get("/schemes/" + draft).with(as(near.housingDesk()))).andExpect(status().isNotFound());
        assertThat(jdbc.sql(
                                "select detail ->> 'title' from audit_entry where action = 'evaluation_scheme.discard' and subject_id = ?")
                        .param(String.valueOf(draft))
                        .query(String.class)
                        .single())
                .isEqualTo("试行方案");
        var published = things.scheme(district, "published");
        mvc.perform(post("/schemes/" + published + "/discard")
                        .param("version", "1")
                        .with(as(near.housingDesk()))
                        .with(csrf()))
                .andExpect(status().isUnprocessableContent());
        mvc.perform(get("/schemes/" + published).with(as(near.housingDesk()))).andExpect(status().isOk());
    }
}
