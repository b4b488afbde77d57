package org.hemei.oversight;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hemei.testing.SignedInAs.as;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.csrf;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.multipart;

import java.nio.charset.StandardCharsets;
import org.hemei.platform.Reader;
import org.hemei.testing.HemeiTest;
import org.hemei.testing.Town;
import org.hemei.testing.Towns;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.mock.web.MockMultipartFile;
import org.springframework.test.web.servlet.MockMvc;

/** The heat map by boundaries: tiles until every area of a level has its outline, then a drawing whose shapes lead where the tiles lead. */
@HemeiTest
class BoundariesTest {

    @Autowired
    MockMvc mvc;

    @Autowired
    Towns towns;

    Town town;

    @BeforeEach
    void build() {
        town = towns.make();
    }

    private MockHttpServletResponse load(Reader reader, String file) throws Exception {
        return mvc.perform(multipart("/mechanism/boundaries")
                        .file(new MockMultipartFile(
                                "file", "map.geojson", "application/geo+json", file.getBytes(StandardCharsets.UTF_8)))
                        .with(as(reader))
                        .with(csrf()))
                .andReturn()
                .getResponse();
    }

    private static String feature(Object code, double west) {
        return """
                {"type": "Feature", "properties": {"adcode": %s}, "geometry": {"type": "Polygon", "coordinates":
                 [[[%2$s, 31.8], [%3$s, 31.8], [%3$s, 31.9], [%2$s, 31.9], [%2$s, 31.8]]]}}
                """.formatted(code, west, west + 0.1);
    }

    private static String collection(String... features) {
        return "{\"type\": \"FeatureCollection\", \"features\": [" + String.join(", ", features) + "]}";
    }

    private String page(Reader reader, String path) throws Exception {
        return mvc.perform(get(path).with(as(reader)))
                .andReturn()
                .getResponse()
                .getContentAsString(StandardCharsets.UTF_8);
    }

    @Test
    void a_level_is_drawn_when_all_of_it_is_there_and_each_shape_leads_down() throws Exception {
        var near = town.near().district();
        var far = town.far().district();
        var map = "/mechanism/map?rule=estate-branch&area=" + town.city();
        assertThat(load(town.cityDesk(), collection(feature(near, 117.2))).getStatus())
                .isEqualTo(303);
        assertThat(page(town.cityDesk(), map))
                .doesNotContain("<path class=\"s-")
                .contains("heat-block");
        assertThat(page(town.cityDesk(), "/mechanism/boundaries")).contains("1 / 2", "齐了的地方画成地图");
        assertThat(load(town.cityDesk(), collection(feature("\"" + far + "\"", 117.35)))
                        .getStatus())
                .isEqualTo(303);
        assertThat(page(town.cityDesk(), map))
                .contains("<a href=\"/mechanism/map?rule=estate-branch&amp;area=" + far, "M0 ", "heat-block");
        assertThat(page(town.cityDesk(), "/mechanism/boundaries")).contains("2 / 2");
    }

    @Test
    void one_wrong_thing_and_nothing_is_kept() throws Exception {
        var near = town.near().district();
        var other = towns.make().near().district();
        var good = feature(near, 117.2);
        assertThat(load(town.cityDesk(), collection(good, feature(other, 117.3)))
                        .getContentAsString())
                .contains("不是这里的地区");
        assertThat(load(town.cityDesk(), collection(good, feature(near + 7, 117.3)))
                        .getStatus())
                .isEqualTo(422);
        assertThat(load(town.cityDesk(), collection(good, feature("\"三区\"", 117.3)))
                        .getContentAsString())
                .contains("没写代码");
        assertThat(load(town.cityDesk(), collection(good, feature(near, 17.3))).getContentAsString())
                .contains("不在中国境内");
        assertThat(load(town.cityDesk(), "{\"type\": \"Feature\"}").getContentAsString())
                .contains("FeatureCollection");
        assertThat(load(town.cityDesk(), "[".repeat(20_000)).getContentAsString())
                .contains("不是 GeoJSON");
        assertThat(load(town.cityDesk(), "").getContentAsString()).contains("请选一个 GeoJSON");
        assertThat(load(town.near().districtDesk(), collection(good)).getStatus())
                .isEqualTo(403);
        assertThat(page(town.cityDesk(), "/mechanism/boundaries")).contains("0 / 2");
    }
}
