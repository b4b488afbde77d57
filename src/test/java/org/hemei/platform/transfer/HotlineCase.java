package org.hemei.platform.transfer;

import static org.hemei.platform.transfer.Files.excel;
import static org.hemei.platform.transfer.Files.row;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.hemei.platform.privacy.PersonalData;
import org.hemei.testing.HemeiTest;
import org.hemei.testing.MovableClock;
import org.hemei.testing.Orders;
import org.hemei.testing.TakenLists;
import org.hemei.testing.Town;
import org.hemei.testing.Towns;
import org.hemei.workorder.Kept;
import org.hemei.workorder.KeptFiles;
import org.hemei.workorder.OrderId;
import org.hemei.workorder.TransferDesk;
import org.hemei.workorder.WorkOrderDesk;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.transaction.support.TransactionTemplate;

/** Matters of the hotline in a town of their own, and the ways in which its file is loaded. */
@HemeiTest
abstract class HotlineCase {

    static final Object[] HEADING = row("热线工单号*", "受理日期*", "办结时限", "诉求类别", "小区", "地址", "诉求内容*", "来电人", "来电号码");

    static final String SAID = "三楼王大妈家\n水管漏了";

    @Autowired
    TakenLists taken;

    @Autowired
    MockMvc mvc;

    @Autowired
    Imports imports;

    @Autowired
    Towns towns;

    @Autowired
    Orders orders;

    @Autowired
    WorkOrderDesk desk;

    @Autowired
    TransferDesk transfers;

    @Autowired
    MovableClock clock;

    @Autowired
    List<KeptFiles> kept;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    List<PersonalData> holders;

    @Autowired
    TransactionTemplate transaction;

    Town town;

    Town.Side near;

    String garden;

    String no;

    @BeforeEach
    void build() {
        town = towns.make();
        near = town.near();
        garden = jdbc.sql("select name from estate where id = ?")
                .param(near.garden())
                .query(String.class)
                .single();
        no = "HL" + town.city() + "-";
    }

    @AfterEach
    void now() {
        clock.reset();
    }

    ImportRun load(Object[]... rows) throws Exception {
        var all = new ArrayList<Object[]>(List.of(rows));
        all.addFirst(HEADING);
        return imports.checked(mvc, near.districtDesk(), "hotline", "热线.xlsx", excel(all.toArray(Object[][]::new)));
    }

    Object[] matter(String number, String estate, String due) {
        return row(no + number, "2026-11-20", due, "", estate, "3幢门口", SAID, "王小明", "055162634567");
    }

    long id(String number) {
        return jdbc.sql("select id from hotline_case where number = ?")
                .param(no + number)
                .query(Long.class)
                .single();
    }

    Object[] later(String number, String received) {
        return row(no + number, received, null, "", garden, "3幢门口", "水管又没修好，又漏了", "王小明", "055162634567");
    }

    int erase(Instant before) {
        return java.util.Objects.requireNonNull(transaction.execute(status -> kept.stream()
                .filter(one -> one.kept() == Kept.HOTLINE_WORDS)
                .mapToInt(one -> one.erase(near.district(), before, 200))
                .sum()));
    }

    /** Those whose kind the words do not tell. */
    void place() {
        jdbc.sql("""
                        update hotline_case set category = (select code from category where parent is not null and active order by code limit 1)
                        where number like ? and category is null
                        """).param(no + "%").update();
    }

    OrderId order(String number) {
        return jdbc.sql("select district, order_id from hotline_order where hotline_case = ?")
                .param(id(number))
                .query((r, n) -> new OrderId(r.getInt(1), r.getLong(2)))
                .single();
    }
}
