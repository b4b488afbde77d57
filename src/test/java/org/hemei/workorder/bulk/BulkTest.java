package org.hemei.workorder.bulk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hemei.testing.SignedInAs.as;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.csrf;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.hemei.platform.Reader;
import org.hemei.platform.Stale;
import org.hemei.platform.job.JobRunner;
import org.hemei.testing.HemeiTest;
import org.hemei.testing.Orders;
import org.hemei.testing.Town;
import org.hemei.testing.Towns;
import org.hemei.workorder.OrderId;
import org.hemei.workorder.SubmissionDesk;
import org.hemei.workorder.SubmissionDesk.Submission;
import org.hemei.workorder.WorkOrderDesk;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.test.web.servlet.MockMvc;

/** One act on many orders: the preview tells the truth, each order stands for itself, nothing is done twice. */
@HemeiTest
class BulkTest {

    @Autowired
    MockMvc mvc;

    @Autowired
    Towns towns;

    @Autowired
    Orders orders;

    @Autowired
    SubmissionDesk submissions;

    @Autowired
    WorkOrderDesk desk;

    @Autowired
    BulkDesk bulk;

    @Autowired
    Bulks bulks;

    @Autowired
    JobRunner runner;

    @Autowired
    JdbcClient jdbc;

    Town town;
    Town.Side near;

    @BeforeEach
    void build() {
        town = towns.make();
        near = town.near();
    }

    private OrderId file(long estate, String words) {
        return submissions.submit(
                near.communityDesk(),
                UUID.randomUUID().toString(),
                new Submission(
                        estate, null, null, "facility.light", words, "", false, List.of(), "patrol", null, null));
    }

    private MockHttpServletResponse post(Reader reader, String path, List<OrderId> picked, Map<String, String> fields)
            throws Exception {
        var request = org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post(path)
                .param("_once", UUID.randomUUID().toString());
        picked.forEach(id -> request.param("pick", id.toString()));
        fields.forEach(request::param);
        return mvc.perform(request.with(as(reader)).with(csrf())).andReturn().getResponse();
    }

    private String page(Reader reader, String path) throws Exception {
        return mvc.perform(get(path).with(as(reader)))
                .andReturn()
                .getResponse()
                .getContentAsString(StandardCharsets.UTF_8);
    }

    private static int times(String page, String word) {
        return page.split(word, -1).length - 1;
    }

    @Test
    void thePreviewSaysWhichWillGoAndWhyOthersWillNotAndTheResultNamesEach() throws Exception {
        var fresh = file(near.garden(), "楼道灯不亮了");
        var yard = file(near.oldYard(), "院门锁坏了");
        var rejected = file(near.garden(), "邻居家的狗叫");
        desk.reject(near.communityDesk(), rejected, 1, "不归这里管", "打12345");
        var foreign = orders.file(town.far().resident(), town.far().garden(), "别处的灯不亮");
        var later = file(near.garden(), "地下车库积水");

        var planned = post(
                near.communityDesk(),
                "/orders/bulk",
                List.of(fresh, yard, rejected, foreign, later),
                Map.of("act", "dispatch"));
        var here = planned.getRedirectedUrl();
        assertThat(here).startsWith("/orders/bulk/");
        assertThat(page(near.communityDesk(), here))
                .contains("选了 4 件", "派给谁", "各小区默认的处理单位")
                .doesNotContain("别处的灯");
        assertThat(post(near.communityDesk(), here + "/do", List.of(), Map.of()).getStatus())
                .isEqualTo(422);
        assertThat(post(near.communityDesk(), here + "/target", List.of(), Map.of("target", "999999"))
                        .getStatus())
                .isEqualTo(422);

        post(near.communityDesk(), here + "/target", List.of(), Map.of("target", "0"));
        var preview = page(near.communityDesk(), here);
        assertThat(preview).contains("能办 3 件，不能办 1 件", "不予受理");
        assertThat(orders.state(fresh)).as("a preview changes nothing").isEqualTo("submitted");
        assertThat(orders.version(fresh)).isEqualTo(1);

        desk.accept(near.communityDesk(), later, 1);
        post(near.communityDesk(), here + "/do", List.of(), Map.of());
        var result = page(near.communityDesk(), here);
        assertThat(result).contains("办成 2 件，没办成 2 件", "勾选以后有人动过");
        assertThat(holder(fresh)).isEqualTo(near.company());
        assertThat(holder(yard)).as("an estate without a company").isEqualTo(near.backstop());
        assertThat(orders.state(later)).isEqualTo("awaiting_dispatch");
        assertThat(orders.state(foreign)).isEqualTo("submitted");

        assertThat(post(near.communityDesk(), here + "/do", List.of(), Map.of()).getStatus())
                .isEqualTo(409);
        assertThat(orders.version(fresh)).isEqualTo(3);
        assertThat(mvc.perform(get(here).with(as(town.far().communityDesk())))
                        .andReturn()
                        .getResponse()
                        .getStatus())
                .isEqualTo(404);
    }

    private long holder(OrderId id) {
        return jdbc.sql("select holder from work_order where district = ? and id = ?")
                .params(id.district(), id.id())
                .query(Long.class)
                .single();
    }

    @Test
    void aManagerTakesAndAssigns() throws Exception {
        var ids = List.of(file(near.garden(), "门禁刷不开一"), file(near.garden(), "门禁刷不开二"));
        for (var id : ids) {
            desk.dispatch(near.communityDesk(), id, 1, near.company());
        }
        var taking =
                post(near.manager(), "/orders/bulk", ids, Map.of("act", "take")).getRedirectedUrl();
        post(near.manager(), taking + "/do", List.of(), Map.of());
        var giving = post(near.manager(), "/orders/bulk", ids, Map.of("act", "assign"))
                .getRedirectedUrl();
        assertThat(page(near.manager(), giving))
                .contains("交给谁", "value=\"" + near.staff().account() + "\"");
        post(
                near.manager(),
                giving + "/target",
                List.of(),
                Map.of("target", String.valueOf(near.staff().account())));
        post(near.manager(), giving + "/do", List.of(), Map.of());
        assertThat(page(near.manager(), giving)).contains("办成 2 件");
        assertThat(page(near.manager(), "/orders?worker=" + near.staff().account()))
                .contains(ids.get(0).toString(), ids.get(1).toString());
        assertThat(post(near.manager(), "/orders/bulk", ids, Map.of("act", "accept"))
                        .getStatus())
                .isEqualTo(422);
        assertThat(post(near.manager(), "/orders/bulk", List.of(), Map.of("act", "take"))
                        .getContentAsString())
                .contains("没有选中工单");
    }

    @Test
    void manyGoOnBehindThePagesAndABrokenOffRunIsTakenUpWhereItStood() throws Exception {
        var ids = new ArrayList<OrderId>();
        for (int n = 0; n <= BulkDesk.AT_ONCE; n++) {
            ids.add(file(near.garden(), "路灯不亮第" + n + "盏"));
        }
        // all that the filter finds, not only what was ticked
        var looking = post(
                        near.communityDesk(),
                        "/orders/bulk",
                        List.of(),
                        Map.of("act", "accept", "all", "1", "category", "facility"))
                .getRedirectedUrl();
        assertThat(looking).startsWith("/jobs/");
        runner.run(job(looking));
        var id = jdbc.sql("select max(id) from order_bulk where account = ?")
                .param(near.communityDesk().account())
                .query(Long.class)
                .single();
        assertThat(bulks.tally(id).can()).isEqualTo(ids.size());
        var doing = post(near.communityDesk(), "/orders/bulk/" + id + "/do", List.of(), Map.of())
                .getRedirectedUrl();
        // as if a kill had come after the first ten
        var broken = bulks.one(id);
        var left = new int[] {10};
        try {
            bulk.finish(near.communityDesk(), broken, () -> {
                if (--left[0] == 0) {
                    throw new IllegalStateException("killed");
                }
            });
        } catch (IllegalStateException killed) {
            assertThat(bulks.tally(id).done()).isEqualTo(10);
        }
        runner.run(job(doing));
        assertThat(bulks.tally(id).done()).isEqualTo(ids.size());
        assertThat(ids).allSatisfy(order -> assertThat(orders.version(order)).isEqualTo(2));
        assertThat(page(near.communityDesk(), "/orders/bulk/" + id)).contains("办成 " + ids.size() + " 件");
    }

    private static long job(String path) {
        return Long.parseLong(path.substring("/jobs/".length()));
    }

    @Test
    void thirtyTwoAtOnceDoEachOrderOnce() throws Exception {
        var ids = new ArrayList<OrderId>();
        for (int n = 0; n < 6; n++) {
            ids.add(file(near.garden(), "井盖松动第" + n + "处"));
        }
        var plans = new ArrayList<Long>();
        for (int n = 0; n < 32; n++) {
            var plan = bulk.plan(near.communityDesk(), BulkAct.ACCEPT, Map.of(), ids, false);
            plans.add(plan);
        }
        var same = plans.getFirst();
        try (var pool = Executors.newFixedThreadPool(32)) {
            var work = new ArrayList<Callable<Boolean>>();
            for (var plan : plans) {
                work.add(() -> {
                    bulk.start(near.communityDesk(), bulks.one(plan));
                    try {
                        bulk.start(near.communityDesk(), bulks.one(same));
                        return plan.equals(same);
                    } catch (Stale second) {
                        return true;
                    }
                });
            }
            for (var done : pool.invokeAll(work)) {
                // the first plan may be begun by another thread before its own: then its own start is the stale one
                try {
                    done.get();
                } catch (java.util.concurrent.ExecutionException e) {
                    assertThat(e.getCause()).isInstanceOf(Stale.class);
                }
            }
        }
        var done = plans.stream().mapToInt(plan -> bulks.tally(plan).done()).sum();
        var failed = plans.stream().mapToInt(plan -> bulks.tally(plan).failed()).sum();
        assertThat(done).isEqualTo(ids.size());
        assertThat(failed).isEqualTo(31 * ids.size());
        assertThat(ids).allSatisfy(id -> assertThat(orders.version(id)).isEqualTo(2));
    }

    @Test
    void theCommunityAndTheStreetUrgeWhoeverHoldsOrOwesOnceADay() throws Exception {
        var sent = file(near.garden(), "楼道灯不亮了");
        desk.dispatch(near.communityDesk(), sent, orders.version(sent), near.company());
        var fresh = file(near.garden(), "井盖松动了");
        assertThat(page(near.communityDesk(), "/orders")).contains("<option value=\"urge\">催办");
        assertThat(page(near.manager(), "/orders")).doesNotContain("<option value=\"urge\">");
        // its own work is not for the community to urge; the street can urge both
        var plan = post(near.communityDesk(), "/orders/bulk", List.of(sent, fresh), Map.of("act", "urge"))
                .getRedirectedUrl();
        assertThat(page(near.communityDesk(), plan)).contains("能办 1 件，不能办 1 件", "催办不归您办");
        post(near.communityDesk(), plan + "/do", List.of(), Map.of());
        assertThat(page(near.communityDesk(), plan)).contains("办成 1 件");
        assertThat(page(near.manager(), "/orders/" + sent)).contains("社区催办");
        var again = post(near.communityDesk(), "/orders/bulk", List.of(sent), Map.of("act", "urge"))
                .getRedirectedUrl();
        assertThat(page(near.communityDesk(), again)).contains("今天已经催过了");
        var street = post(near.streetDesk(), "/orders/bulk", List.of(sent, fresh), Map.of("act", "urge"))
                .getRedirectedUrl();
        assertThat(page(near.streetDesk(), street)).contains("能办 2 件");
    }

    @Test
    void theListOffersWhatTheDutyCanDo() throws Exception {
        file(near.garden(), "楼道灯不亮了");
        var list = page(near.communityDesk(), "/orders");
        assertThat(list).contains("name=\"pick\"", "<option value=\"accept\">受理", "<option value=\"dispatch\">派单");
        assertThat(list).doesNotContain("<option value=\"take\">");
        assertThat(times(page(near.helper(), "/orders"), "批量办…")).isZero();
    }
}
