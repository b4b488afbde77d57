package org.hemei.workorder;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.hemei.platform.privacy.Ground;
import org.hemei.platform.privacy.PersonalData;
import org.hemei.platform.time.CivilTime;
import org.hemei.workorder.archive.PastYears;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** What somebody filed, wrote, photographed and rated; and who looked up their phone for it. */
@Component
class OrderData implements PersonalData {

    private static final int SHOWN = 200;
    private static final String ERASED = "（本人要求删除）";
    private static final String[] OPEN = Arrays.stream(OrderState.values())
            .filter(OrderState::open)
            .map(OrderState::code)
            .toArray(String[]::new);

    /** Orders that this person filed, by their account. */
    private static final String OWN = "o.reporter in (select a.id from account a where a.person = :person)";

    private final JdbcClient jdbc;
    private final PastYears past;

    OrderData(JdbcClient jdbc, PastYears past) {
        this.past = past;
        this.jdbc = jdbc;
    }

    @Override
    public int order() {
        return 40;
    }

    @Override
    public List<Section> held(long person) {
        var orders = new ArrayList<>(orders(person));
        orders.addAll(past.read(() -> orders(person)));
        return List.of(
                new Section("您点的单", "把事情办好，办完能查、能评", "办结后 5 年，再以后归档；您写的话可以请求先删", orders),
                new Section("您在单子上做过的", "评价和补充说明跟着单子走", "和单子一样久", deeds(person)));
    }

    private List<Entry> orders(long person) {
        return jdbc.sql("""
                        select o.district, o.id, o.submitted_at, o.state, w.title, w.words
                        from work_order o join work_order_words w on w.district = o.district and w.order_id = o.id
                        where %s order by o.submitted_at desc, o.id desc limit :most
                        """.formatted(OWN))
                .param("person", person)
                .param("most", SHOWN)
                .query((r, n) -> new Entry(
                        r.getInt("district") + "-" + r.getLong("id") + "，"
                                + CivilTime.full(r.getTimestamp("submitted_at").toInstant()),
                        OrderState.of(r.getString("state")).words() + "：" + r.getString("words")))
                .list();
    }

    private List<Entry> deeds(long person) {
        var entries = new ArrayList<Entry>();
        jdbc.sql("""
                        select (select count(*) from work_order_step s join work_order_remark m
                                    on m.district = s.district and m.order_id = s.order_id and m.seq = s.seq
                                where s.actor = a.id and (s.district, s.order_id) in
                                    (select o.district, o.id from work_order o where o.reporter = a.id)) as remarks,
                               (select count(*) from work_order_rating g join work_order o
                                    on o.district = g.district and o.id = g.order_id and o.reporter = a.id
                                where g.account = a.id) as ratings,
                               (select count(*) from me_too t where t.account = a.id) as joined
                        from account a where a.person = ?
                        """).param(person).query(r -> {
            entries.add(new Entry("补充说明", r.getLong("remarks") + " 条"));
            entries.add(new Entry("评价", r.getLong("ratings") + " 次"));
            entries.add(new Entry("我也遇到了", r.getLong("joined") + " 次"));
        });
        return entries;
    }

    @Override
    public List<Reveal> reveals(long person) {
        return jdbc.sql("""
                        select e.at, coalesce(p.masked_name, '系统') as who, coalesce(e.detail ->> 'reason', '') as reason,
                               o.district || '-' || o.id as number
                        from work_order o
                                 join audit_entry e on e.subject_kind = 'work_order' and e.subject_id = o.district || '-' || o.id
                                     and e.action = 'work_order.reveal_phone'
                                 left join account a on a.id = e.account
                                 left join person p on p.id = a.person
                        where %s order by e.at desc limit 100
                        """.formatted(OWN))
                .param("person", person)
                .query((r, n) -> new Reveal(
                        r.getTimestamp("at").toInstant(),
                        r.getString("who"),
                        "您的电话（单号 " + r.getString("number") + "）",
                        switch (r.getString("reason")) {
                            case "contact" -> "联系点单人";
                            case "verify" -> "核验";
                            case "mediate" -> "调处";
                            default -> "没有写";
                        }))
                .list();
    }

    @Override
    public List<Stays> stays(long person) {
        var open = jdbc.sql("select count(*) from work_order o where %s and o.state = any(:open)".formatted(OWN))
                .param("person", person)
                .param("open", OPEN)
                .query(Integer.class)
                .single();
        return open == 0 ? List.of() : List.of(new Stays(Ground.OPEN_ORDERS, open + " 张没办完的单里您写的话"));
    }

    /** The order and its history stay, as numbers; what the person wrote and photographed goes. */
    @Override
    public void erase(long person, boolean inOffice) {
        eraseHere(person);
        past.also(() -> eraseHere(person));
    }

    private void eraseHere(long person) {
        var finished = "(%s) and o.state <> all(:open)".formatted(OWN);
        for (var sql : List.of("""
                        update work_order_words w set title = :erased, words = :erased, place = '', grams = '{}',
                                                      caller_name_cipher = null, caller_phone_cipher = null,
                                                      caller_phone_index = null
                        from work_order o where w.district = o.district and w.order_id = o.id and
                        """, """
                        update notice n set body = :erased from work_order o
                        where n.district = o.district and n.order_id = o.id and
                        """, """
                        update work_order_rating g set words = '' from work_order o
                        where :erased <> '' and g.district = o.district and g.order_id = o.id and g.account = o.reporter and
                        """, """
                        update attachment t set owner_kind = null, owner_id = null from work_order o
                        where :erased <> '' and t.district = o.district and t.owner_kind = 'work_order'
                          and t.owner_id = o.district || '-' || o.id and t.uploaded_by = o.reporter and
                        """, """
                        update assist_task t set what = :erased, result = case when t.result <> '' then :erased else t.result end
                        from work_order o where t.district = o.district and t.order_id = o.id and
                        """, """
                        update leader_mark_words x set words = :erased, answer = case when x.answer <> '' then :erased else '' end
                        from leader_mark k, work_order o
                        where k.district = x.district and k.id = x.mark_id and o.district = k.district and o.id = k.order_id and
                        """, """
                        update work_order_remark m set words = :erased from work_order_step s, work_order o
                        where m.district = s.district and m.order_id = s.order_id and m.seq = s.seq and s.actor = o.reporter
                          and s.district = o.district and s.order_id = o.id and
                        """)) {
            jdbc.sql(sql + finished)
                    .param("erased", ERASED)
                    .param("person", person)
                    .param("open", OPEN)
                    .update();
        }
    }
}
