package org.hemei.workorder.resident;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.not;
import static org.hemei.testing.SignedInAs.as;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.csrf;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.multipart;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.content;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.redirectedUrlPattern;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.status;

import java.util.List;
import java.util.UUID;
import org.hemei.access.Role;
import org.hemei.platform.Reader;
import org.hemei.testing.HemeiTest;
import org.hemei.testing.Orders;
import org.hemei.testing.Town.Side;
import org.hemei.testing.Towns;
import org.hemei.workorder.OrderId;
import org.hemei.workorder.SubmissionDesk.Submission;
import org.hemei.workorder.WorkOrderDesk;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.mock.web.MockMultipartFile;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.request.MockHttpServletRequestBuilder;

/** The resident's forms and addresses, given what nobody should send: refused in words, nothing written, no 5xx. */
@HemeiTest
class ResidentPagesTest {

    @Autowired
    private MockMvc mvc;

    @Autowired
    private Towns towns;

    @Autowired
    private Orders orders;

    @Autowired
    private WorkOrderDesk desk;

    @Autowired
    private JdbcClient jdbc;

    private OrderId file(Side side, Reader resident) {
        return orders.file(
                resident,
                new Submission(
                        side.garden(),
                        side.building(),
                        null,
                        "facility.door",
                        "单元门坏了，关不严",
                        "",
                        true,
                        List.of(),
                        "resident",
                        null,
                        null));
    }

    private MockHttpServletRequestBuilder submit(Side side, Reader reader) {
        return post("/orders")
                .with(as(reader))
                .with(csrf())
                .param("_once", UUID.randomUUID().toString())
                .param("estate", String.valueOf(side.garden()))
                .param("building", String.valueOf(side.building()));
    }

    private int orders(Reader reader) {
        return jdbc.sql("select count(*) from work_order where filed_by = ?")
                .param(reader.account())
                .query(Integer.class)
                .single();
    }

    @Test
    void a_card_says_who_rules_and_that_a_merged_one_waits_for_a_word() throws Exception {
        var side = towns.make().near();
        var disputed = orders.at(Orders.Stage.DISPUTED, side, side.resident(), "水管漏水，楼道全是水。");
        assertThat(cards(side.resident())).contains("街道来裁定").doesNotContain("社区来定");
        mvc.perform(get("/orders/" + disputed).with(as(side.resident())))
                .andExpect(content().string(containsString("等街道裁定由谁办")));
        var kept = orders.at(Orders.Stage.WORKING, side, side.resident(), "东门路灯不亮。");
        var twin = orders.file(side.neighbour(), side.garden(), "东门口的路灯坏了。");
        desk.merge(side.communityDesk(), twin, 1, kept);
        assertThat(cards(side.neighbour())).doesNotContain("等您评价");
        desk.resolve(side.manager(), kept, orders.version(kept), "换了灯", List.of(), List.of());
        desk.verify(side.communityDesk(), kept, orders.version(kept), "");
        assertThat(cards(side.neighbour())).contains("等您评价");
        assertThat(orders.state(disputed)).isEqualTo("return_requested");
    }

    private String cards(Reader reader) throws Exception {
        return mvc.perform(get("/my/orders").with(as(reader)))
                .andReturn()
                .getResponse()
                .getContentAsString(java.nio.charset.StandardCharsets.UTF_8);
    }

    @Test
    void the_same_form_twice_files_one_order() throws Exception {
        var side = towns.make().near();
        var once = UUID.randomUUID().toString();
        var first = mvc.perform(filled(side, once))
                .andExpect(status().is3xxRedirection())
                .andExpect(redirectedUrlPattern("/orders/*?done=new"))
                .andReturn()
                .getResponse()
                .getRedirectedUrl();
        var second = mvc.perform(filled(side, once)).andReturn().getResponse().getRedirectedUrl();
        assertThat(second).isEqualTo(first);
        assertThat(orders(side.resident())).isEqualTo(1);
    }

    private MockHttpServletRequestBuilder filled(Side side, String once) {
        return post("/orders")
                .with(as(side.resident()))
                .with(csrf())
                .param("_once", once)
                .param("estate", String.valueOf(side.garden()))
                .param("building", String.valueOf(side.building()))
                .param("category", "facility.door")
                .param("words", "单元门坏了，关不严");
    }

    @ParameterizedTest
    @CsvSource({
        "facility.door, 坏, 至少 4 个字",
        "facility.door, '', 至少 4 个字",
        "facility, 单元门坏了, 请选是哪类事",
        "no.such.kind, 单元门坏了, 请选是哪类事",
        "'', 单元门坏了, 请选是哪类事",
    })
    void a_refused_order_keeps_what_was_typed(String category, String words, String said) throws Exception {
        var side = towns.make().near();
        mvc.perform(submit(side, side.resident()).param("category", category).param("words", words))
                .andExpect(status().isUnprocessableContent())
                .andExpect(content().string(containsString(said)))
                .andExpect(content().string(containsString(words)));
        assertThat(orders(side.resident())).isZero();
    }

    @Test
    void nobody_files_where_they_do_not_live() throws Exception {
        var town = towns.make();
        mvc.perform(submit(town.near(), town.far().resident())
                        .param("category", "facility.door")
                        .param("words", "单元门坏了，关不严"))
                .andExpect(status().isUnprocessableContent())
                .andExpect(content().string(containsString("还没绑定这个小区")));
        mvc.perform(submit(town.near(), town.near().resident())
                        .param("unit", String.valueOf(town.near().emptyUnit()))
                        .param("category", "facility.door")
                        .param("words", "单元门坏了，关不严"))
                .andExpect(status().isUnprocessableContent());
        mvc.perform(get("/orders/new").with(as(town.near().communityDesk()))).andExpect(status().isNotFound());
        assertThat(orders(town.far().resident())).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"estate", "building", "unit", "photos", "other", "step", "drop"})
    void numbers_that_are_none_are_no_accident(String field) throws Exception {
        var side = towns.make().near();
        var path = List.of("step", "drop", "other").contains(field) ? "/orders/new" : "/orders";
        mvc.perform(post(path)
                        .with(as(side.resident()))
                        .with(csrf())
                        .param("_once", UUID.randomUUID().toString())
                        .param(field, "1' or '1'='1"))
                .andExpect(status().is4xxClientError());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "short", "<b>x</b>"})
    void a_form_without_a_sound_key_never_comes_back_as_markup(String once) throws Exception {
        var side = towns.make().near();
        mvc.perform(filled(side, once).param("category", "no.such.kind"))
                .andExpect(status().is4xxClientError())
                .andExpect(content().string(not(containsString("<b>x</b>"))));
        assertThat(orders(side.resident())).isZero();
    }

    @Test
    void whoever_has_homes_in_two_estates_chooses_another_building_of_either() throws Exception {
        var side = towns.make().near();
        var account = towns.account();
        towns.grant(account, Role.RESIDENT, null, side.garden(), null, side.unit());
        towns.grant(account, Role.RESIDENT, null, side.oldYard(), null, side.oldYardUnit());
        var reader = towns.reader(account);
        var second = jdbc.sql(
                        "insert into building (estate, name, entrances, floors, position) values (?, '2幢', 1, 6, 2) returning id")
                .param(side.oldYard())
                .query(Long.class)
                .single();
        mvc.perform(get("/orders/new").with(as(reader)))
                .andExpect(content().string(containsString("value=\"" + side.oldYard() + "-other-\"")))
                .andExpect(content().string(not(containsString("value=\"" + side.garden() + "-other-\""))))
                .andExpect(content().string(containsString("<option value=\"" + second + "\"")));
        mvc.perform(other(reader, side.oldYard(), side.building()))
                .andExpect(status().isUnprocessableContent())
                .andExpect(content().string(containsString("这幢楼在另一个小区")));
        mvc.perform(other(reader, side.oldYard(), second))
                .andExpect(status().isOk())
                .andExpect(content().string(containsString("是什么事")))
                .andExpect(content().string(containsString("2幢 公共部位")));
    }

    private static MockHttpServletRequestBuilder other(Reader reader, long estate, long building) {
        return post("/orders/new")
                .with(as(reader))
                .with(csrf())
                .param("_once", UUID.randomUUID().toString())
                .param("step", "1")
                .param("spot", estate + "-other-")
                .param("other", String.valueOf(building))
                .param("place", "大厅");
    }

    /** With script the pieces of a step are fetched while somebody types: by POST, so that no word of it stands in an address. */
    @Test
    void what_is_typed_is_looked_at_without_standing_in_an_address() throws Exception {
        var side = towns.make().near();
        mvc.perform(post("/orders/new/suggest")
                        .with(as(side.resident()))
                        .with(csrf())
                        .param("words", "电梯抖动，关不上门"))
                .andExpect(status().isOk())
                .andExpect(content().string(containsString("电梯")));
        mvc.perform(get("/orders/new/suggest").param("words", "电梯").with(as(side.resident())))
                .andExpect(status().is4xxClientError());
        mvc.perform(step(side, "1").param("spot", side.garden() + "--").param("place", "东门"))
                .andExpect(content().string(containsString("hx-post=\"/orders/new/suggest?of=hint\"")));
    }

    @Test
    void a_step_goes_on_only_with_what_it_needs() throws Exception {
        var side = towns.make().near();
        mvc.perform(step(side, "1").param("spot", "x-y-z")).andExpect(status().isUnprocessableContent());
        mvc.perform(step(side, "1").param("spot", side.garden() + "--").param("place", "门".repeat(61)))
                .andExpect(status().isUnprocessableContent());
        mvc.perform(step(side, "2").param("words", "门坏了关不严").param("branch", "facility"))
                .andExpect(status().isUnprocessableContent())
                .andExpect(content().string(containsString("具体是哪一种")));
        mvc.perform(step(side, "99").param("words", "</textarea><script>x</script>"))
                .andExpect(status().isOk())
                .andExpect(content().string(not(containsString("<script>x"))));
    }

    private static MockHttpServletRequestBuilder step(Side side, String number) {
        return post("/orders/new")
                .with(as(side.resident()))
                .with(csrf())
                .param("_once", UUID.randomUUID().toString())
                .param("step", number);
    }

    @Test
    void a_file_that_is_no_photo_is_refused_in_words() throws Exception {
        var side = towns.make().near();
        mvc.perform(multipart("/orders/new")
                        .file(new MockMultipartFile("files", "门.jpg", "image/jpeg", "不是照片".getBytes("UTF-8")))
                        .with(as(side.resident()))
                        .with(csrf())
                        .param("_once", UUID.randomUUID().toString())
                        .param("step", "3")
                        .param("spot", side.garden() + "--"))
                .andExpect(status().isUnprocessableContent())
                .andExpect(content().string(containsString("有照片更好办")));
    }

    @Test
    void an_order_does_not_exist_for_others() throws Exception {
        var town = towns.make();
        var id = file(town.near(), town.near().resident());
        for (var stranger : List.of(
                town.far().resident(), town.near().neighbour(), town.far().communityDesk())) {
            mvc.perform(get("/orders/" + id).with(as(stranger))).andExpect(status().isNotFound());
            for (var form : List.of("remark", "withdraw")) {
                mvc.perform(get("/orders/" + id + "/" + form).with(as(stranger)))
                        .andExpect(status().isNotFound());
            }
            for (var verb : List.of("urge", "rate", "remark", "withdraw", "contact-answer")) {
                mvc.perform(post("/orders/" + id + "/" + verb)
                                .with(as(stranger))
                                .with(csrf())
                                .param("version", "1")
                                .param("answer", "no")
                                .param("solved", "yes")
                                .param("satisfied", "5")
                                .param("words", "我来"))
                        .andExpect(status().isNotFound());
            }
        }
        mvc.perform(post("/orders/" + id + "/me-too")
                        .with(as(town.far().resident()))
                        .with(csrf()))
                .andExpect(status().isNotFound());
    }

    @Test
    void forms_on_an_order_refuse_in_words_or_for_a_newer_version() throws Exception {
        var side = towns.make().near();
        var id = file(side, side.resident());
        var path = "/orders/" + id;
        mvc.perform(verb(side, path + "/remark").param("version", "1").param("words", " "))
                .andExpect(status().isUnprocessableContent())
                .andExpect(content().string(containsString("还没写情况")));
        mvc.perform(verb(side, path + "/contact-answer").param("version", "1").param("answer", "maybe"))
                .andExpect(status().isUnprocessableContent());
        mvc.perform(verb(side, path + "/rate")
                        .param("version", "1")
                        .param("solved", "yes")
                        .param("satisfied", "9"))
                .andExpect(status().isUnprocessableContent());
        mvc.perform(verb(side, path + "/rate")
                        .param("version", "1")
                        .param("solved", "yes")
                        .param("satisfied", "5"))
                .andExpect(status().isUnprocessableContent())
                .andExpect(content().string(containsString("待受理")));
        mvc.perform(verb(side, path + "/urge").param("version", "one")).andExpect(status().isBadRequest());
        desk.accept(side.communityDesk(), id, 1);
        mvc.perform(verb(side, path + "/withdraw").param("version", "1")).andExpect(status().isConflict());
        assertThat(jdbc.sql("select count(*) from work_order_step where district = ? and order_id = ?")
                        .params(id.district(), id.id())
                        .query(Integer.class)
                        .single())
                .isEqualTo(2);
    }

    private static MockHttpServletRequestBuilder verb(Side side, String path) {
        return post(path).with(as(side.resident())).with(csrf());
    }

    @Test
    void a_page_key_from_nowhere_shows_a_page() throws Exception {
        var side = towns.make().near();
        file(side, side.resident());
        for (var key : List.of("9999999999999999", "-5", "0")) {
            mvc.perform(get("/my/orders").param("before", key).with(as(side.resident())))
                    .andExpect(status().isOk());
        }
        mvc.perform(get("/my/orders").param("before", "x").with(as(side.resident())))
                .andExpect(status().isBadRequest());
    }

    @Test
    void an_estate_is_public_and_says_nothing_about_people() throws Exception {
        var side = towns.make().near();
        file(side, side.resident());
        mvc.perform(get("/estates/" + side.garden()))
                .andExpect(status().isOk())
                .andExpect(content().string(containsString("今年办事")))
                .andExpect(content().string(not(containsString("单元门坏了"))));
        mvc.perform(get("/estates/999999999999")).andExpect(status().isNotFound());
        for (var q : List.of("", "一", "' or 1=1 --", "%_%", "<b>x</b>", "字".repeat(500))) {
            mvc.perform(get("/estates").param("q", q))
                    .andExpect(status().isOk())
                    .andExpect(content().string(not(containsString("<b>x</b>"))));
        }
    }

    @Test
    void pieces_of_forms_answer_only_residents_and_only_about_their_estate() throws Exception {
        var town = towns.make();
        var resident = town.near().resident();
        mvc.perform(post("/orders/new/suggest")
                        .with(as(town.near().streetDesk()))
                        .with(csrf()))
                .andExpect(status().isNotFound());
        mvc.perform(get("/units").param("building", "x").with(as(resident))).andExpect(status().isBadRequest());
        mvc.perform(get("/buildings")
                        .param("estate", String.valueOf(town.near().garden()))
                        .with(as(resident)))
                .andExpect(status().isOk())
                .andExpect(content().string(containsString("1幢")));
    }
}
