package org.hemei.registry.estate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hemei.testing.SignedInAs.as;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.csrf;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;

import java.util.List;
import org.hemei.platform.Reader;
import org.hemei.testing.HemeiTest;
import org.hemei.testing.Town;
import org.hemei.testing.Towns;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.web.servlet.MockMvc;

/** What is changed about an estate says what it was; what was entered twice goes while nothing needs it. */
@HemeiTest
class EstateChangesTest {

    @Autowired
    MockMvc mvc;

    @Autowired
    EstateDesk desk;

    @Autowired
    Estates estates;

    @Autowired
    EstateChanges changes;

    @Autowired
    Towns towns;

    @Autowired
    JdbcClient jdbc;

    Town town;
    Town.Side side;

    @BeforeEach
    void build() {
        town = towns.make();
        side = town.near();
    }

    private int send(Reader reader, String path, String... pairs) throws Exception {
        var request = post(path).with(as(reader)).with(csrf());
        for (var n = 0; n < pairs.length; n += 2) {
            request.param(pairs[n], pairs[n + 1]);
        }
        return mvc.perform(request).andReturn().getResponse().getStatus();
    }

    private String version(long estate) {
        return String.valueOf(estates.find(estate).orElseThrow().version());
    }

    private List<String> what(long estate) {
        return changes.of(estate).getFirst().what();
    }

    @Test
    void facts_and_facilities_say_what_they_were() throws Exception {
        var known = estates.find(side.garden()).orElseThrow();
        assertThat(send(
                        side.communityDesk(),
                        "/estates/" + side.garden() + "/edit",
                        "version",
                        version(side.garden()),
                        "name",
                        known.name(),
                        "kinds",
                        "商品房",
                        "kinds",
                        "老旧",
                        "households",
                        "241",
                        "buildings",
                        "6",
                        "floor_area",
                        "12000"))
                .isEqualTo(303);
        assertThat(what(side.garden()))
                .containsExactly("建成年份从“2008”改成“没填”", "建筑面积从“没填”改成“12000 平米”", "户数从“240”改成“241”", "类型从“商品房”改成“商品房、老旧”");
        var kind = estates.facilityKinds().getFirst().name();
        desk.facilities(
                side.communityDesk(),
                estates.find(side.garden()).orElseThrow(),
                estates.find(side.garden()).orElseThrow().version(),
                List.of(new Estates.Facility(kind, 4, "", null)));
        assertThat(what(side.garden())).containsExactly(kind + "从 0 改成 4");
        desk.facilities(
                side.communityDesk(),
                estates.find(side.garden()).orElseThrow(),
                estates.find(side.garden()).orElseThrow().version(),
                List.of(new Estates.Facility(kind, 4, "", "东门那边")));
        assertThat(what(side.garden())).containsExactly(kind + "的备注从“没填”改成“东门那边”");
        assertThat(mvc.perform(get("/estates/" + side.garden() + "/desk").with(as(side.communityDesk())))
                        .andReturn()
                        .getResponse()
                        .getContentAsString())
                .contains(kind + "从 0 改成 4", "户数从“240”改成“241”");
    }

    /** By the area votes are counted (民法典第二百七十八条). */
    @Test
    void an_area_changes_with_a_reason_only_and_basements_can_be_edited() throws Exception {
        var path = "/estates/" + side.garden() + "/buildings/" + side.building() + "/units";
        var unit = jdbc.sql("select name from unit where id = ?")
                .param(side.unit())
                .query(String.class)
                .single();
        jdbc.sql("update unit set area = 800000, floor = -1 where id = ?")
                .param(side.unit())
                .update();
        var fields = new String[] {
            "version",
            version(side.garden()),
            "unit",
            String.valueOf(side.unit()),
            "unit_name",
            unit,
            "unit_entrance",
            "1",
            "unit_floor",
            "-1",
            "unit_area",
            "80"
        };
        assertThat(send(side.communityDesk(), path, fields))
                .as("nothing about the area")
                .isEqualTo(303);
        fields[1] = version(side.garden());
        fields[11] = "89.5";
        assertThat(send(side.communityDesk(), path, fields)).isEqualTo(422);
        var reasoned = java.util.Arrays.copyOf(fields, 14);
        reasoned[12] = "unit_reason";
        reasoned[13] = "房产证";
        assertThat(send(side.communityDesk(), path, reasoned)).isEqualTo(303);
        assertThat(what(side.garden())).contains("面积从“80 平米”改成“89.5 平米”");
        assertThat(changes.of(side.garden()).getFirst().reason()).isEqualTo("房产证");
        reasoned[1] = version(side.garden());
        reasoned[9] = "-6";
        assertThat(send(side.communityDesk(), path, reasoned)).isEqualTo(422);
    }

    @Test
    void an_estate_entered_twice_goes_while_nothing_needs_it() throws Exception {
        var twice = towns.estate(
                "重了" + town.city(), String.valueOf(side.district()), side.street(), side.community(), "商品房");
        var desk = side.housingDesk();
        var path = "/estates/" + side.garden() + "/delete";
        assertThat(send(desk, path, "version", version(side.garden()), "reason", "重了"))
                .as("it has a contract, buildings and people")
                .isEqualTo(422);
        assertThat(estates.find(side.garden())).isPresent();
        assertThat(send(desk, "/estates/" + twice + "/delete", "version", "0"))
                .as("no reason")
                .isEqualTo(422);
        assertThat(send(side.communityDesk(), "/estates/" + twice + "/delete", "version", "0", "reason", "重了"))
                .isEqualTo(403);
        assertThat(send(town.far().housingDesk(), "/estates/" + twice + "/delete", "version", "0", "reason", "重了"))
                .isEqualTo(404);
        var running = jdbc.sql("""
                        insert into incident (district, id, version, community, estate, category, published_by, published_at, expected_end, state)
                        select :district, nextval('incident_seq'), 0, :community, :estate, min(code), :by, now(), now() + interval '1 day', 'running'
                        from category returning id
                        """)
                .param("district", side.district())
                .param("community", side.community())
                .param("estate", twice)
                .param("by", desk.account())
                .query(Long.class)
                .single();
        var refused = mvc.perform(post("/estates/" + twice + "/delete")
                        .param("version", "0")
                        .param("reason", "重了")
                        .with(as(desk))
                        .with(csrf()))
                .andReturn()
                .getResponse();
        assertThat(refused.getStatus()).isEqualTo(422);
        assertThat(refused.getContentAsString()).contains("已经有群体通知用到");
        jdbc.sql("delete from incident where id = ?").param(running).update();
        assertThat(send(desk, "/estates/" + twice + "/delete", "version", "0", "reason", "和和美花园重了"))
                .isEqualTo(303);
        assertThat(mvc.perform(get("/estates/manage?done=deleted").with(as(desk)))
                        .andReturn()
                        .getResponse()
                        .getContentAsString())
                .contains("小区删掉了");
        assertThat(estates.find(twice)).isEmpty();
        assertThat(jdbc.sql(
                                "select detail ->> 'reason' from audit_entry where action = 'estate.deleted' and subject_id = ?")
                        .param(String.valueOf(twice))
                        .query(String.class)
                        .single())
                .isEqualTo("和和美花园重了");
    }
}
