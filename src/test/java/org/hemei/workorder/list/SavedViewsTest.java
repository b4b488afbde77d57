package org.hemei.workorder.list;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hemei.testing.SignedInAs.as;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.csrf;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;

import java.nio.charset.StandardCharsets;
import java.util.UUID;
import org.hemei.platform.Reader;
import org.hemei.testing.HemeiTest;
import org.hemei.testing.Orders;
import org.hemei.testing.Town;
import org.hemei.testing.Towns;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.test.web.servlet.MockMvc;

/** Kept views of the list of orders: one's own, the desk's, the one that opens, deleted and brought back. */
@HemeiTest
class SavedViewsTest {

    @Autowired
    MockMvc mvc;

    @Autowired
    Towns towns;

    @Autowired
    Orders orders;

    Town town;
    Town.Side near;

    @BeforeEach
    void build() {
        town = towns.make();
        near = town.near();
    }

    private MockHttpServletResponse send(Reader reader, String path, String... fields) throws Exception {
        var request = post(path).param("_once", UUID.randomUUID().toString());
        for (var n = 0; n < fields.length; n += 2) {
            request.param(fields[n], fields[n + 1]);
        }
        return mvc.perform(request.with(as(reader)).with(csrf())).andReturn().getResponse();
    }

    private MockHttpServletResponse open(Reader reader, String path) throws Exception {
        return mvc.perform(get(java.net.URI.create(path)).with(as(reader)))
                .andReturn()
                .getResponse();
    }

    private String page(Reader reader, String path) throws Exception {
        return open(reader, path).getContentAsString(StandardCharsets.UTF_8);
    }

    private String save(Reader reader, String name, String query, String desk) throws Exception {
        return send(reader, "/views", "page", "/orders", "query", query, "name", name, "desk", desk)
                .getRedirectedUrl();
    }

    @Test
    void oneIsKeptOpenedPreferredDeletedAndBroughtBack() throws Exception {
        orders.file(near.resident(), Orders.said(near.garden(), null, "facility.light", "楼道灯不亮很久了"));
        orders.file(near.resident(), Orders.said(near.garden(), null, "facility.lift", "电梯里按钮失灵"));
        var reader = near.communityDesk();
        assertThat(page(reader, "/orders?category=facility.lift")).contains("存为视图");
        var view = save(reader, "只看电梯", "category=facility.lift", "");
        var opened = open(reader, view);
        assertThat(opened.getRedirectedUrl()).startsWith("/orders?category=facility.lift&view=");
        assertThat(page(reader, opened.getRedirectedUrl()))
                .contains("只看电梯", "电梯里按钮")
                .doesNotContain("楼道灯不亮");
        assertThat(page(reader, "/orders")).contains("楼道灯不亮");

        send(reader, view + "/default");
        assertThat(open(reader, "/orders").getRedirectedUrl()).isEqualTo(view);
        assertThat(page(reader, "/orders?view=0"))
                .as("everything stays one click away")
                .contains("楼道灯不亮");

        var deleted = send(reader, view + "/delete").getRedirectedUrl();
        assertThat(page(reader, deleted)).contains("找回来").doesNotContain("只看电梯");
        assertThat(open(reader, view).getStatus()).isEqualTo(404);
        send(reader, view + "/restore");
        assertThat(page(reader, "/orders?view=0")).contains("只看电梯");
    }

    @Test
    void sharedWithTheSameDutyInTheSamePlaceOnlyAndTheFilterGivesNobodyMore() throws Exception {
        var colleague = towns.account(org.hemei.access.Role.COMMUNITY, near.community(), null, null, null);
        var desk = "COMMUNITY@" + near.community();
        var view = save(
                near.communityDesk(), "没办完的", "state=open&area=" + town.far().community(), desk);
        assertThat(page(colleague, "/orders")).contains("没办完的", "同岗");
        assertThat(page(colleague, open(colleague, view).getRedirectedUrl())).contains("没有符合的");
        for (var other :
                new Reader[] {near.streetDesk(), near.manager(), town.far().communityDesk(), town.cityDesk()}) {
            assertThat(open(other, view).getStatus()).isEqualTo(404);
        }
        assertThat(send(colleague, view + "/delete").getStatus())
                .as("another's view")
                .isEqualTo(422);
        assertThat(send(colleague, view + "/default").getStatus()).isEqualTo(303);
        assertThat(send(near.manager(), "/views", "page", "/orders", "query", "", "name", "x", "desk", desk)
                        .getStatus())
                .as("a desk that is not one's own")
                .isEqualTo(422);
    }

    @Test
    void whatCannotBeKeptIsSaidAtItsField() throws Exception {
        var reader = near.communityDesk();
        for (var wrong : new String[][] {
            {"/orders", "state=open", ""},
            {"/orders", "state=open", "一个长得没有道理没有人读得完的名字一二三四"},
            {"/admin", "x=1", "x"},
            {"/orders", "q=\r\nLocation: x", "x"}
        }) {
            var answer = send(reader, "/views", "page", wrong[0], "query", wrong[1], "name", wrong[2]);
            assertThat(answer.getStatus()).isEqualTo(422);
            assertThat(answer.getContentAsString()).contains("role=\"alert\"");
        }
    }
}
