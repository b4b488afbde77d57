package org.hemei.evaluation.objection;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.hemei.platform.Reader;
import org.hemei.platform.log.Audit;
import org.hemei.platform.privacy.PersonalData;
import org.hemei.platform.time.CivilTime;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** What evaluation holds on people: to whom an assessor is tied, and the words of an objection, written for a company. */
@Component
class EvaluationData implements PersonalData {

    /** Years after a campaign is over. */
    static final int KEPT = 3;

    private static final String MINE = "(select id from account where person = ?)";

    private final JdbcClient jdbc;
    private final Audit audit;

    EvaluationData(JdbcClient jdbc, Audit audit) {
        this.jdbc = jdbc;
        this.audit = audit;
    }

    @Override
    public int order() {
        return 70;
    }

    private static String after(String words, String said) {
        return said.isEmpty() ? "" : words + said;
    }

    @Override
    public List<Section> held(long person) {
        List<Section> sections = new ArrayList<>();
        var ties = jdbc.sql("""
                        select b.name, x.declared_at, x.found, x.why, x.answer, x.said, x.settled_why from evaluation_conflict x join body b on b.id = x.company
                        where x.assessor in %s order by x.declared_at
                        """.formatted(MINE))
                .param(person)
                .query((r, n) -> new Entry(
                        r.getString("name"),
                        (r.getBoolean("found") ? "查出来的：" + r.getString("why") + "，" : "")
                                + "登记于 "
                                + CivilTime.full(r.getTimestamp("declared_at").toInstant())
                                + after("，您的说明：", r.getString("answer"))
                                + after("，您又说：", r.getString("said"))
                                + after("，为什么这样定：", r.getString("settled_why"))))
                .list();
        if (!ties.isEmpty()) {
            sections.add(new Section("您和物业企业的关系", "测评员要避开有关系的企业", "测评办完后 " + KEPT + " 年", ties));
        }
        var handed = jdbc.sql("""
                        select c.title, h.given, h.why from evaluation_handover h join evaluation_campaign c on c.id = h.campaign
                        where h.assessor in %s order by h.id
                        """.formatted(MINE))
                .param(person)
                .query((r, n) -> new Entry(r.getString("title"), r.getInt("given") + " 个小区换给别人看：" + r.getString("why")))
                .list();
        if (!handed.isEmpty()) {
            sections.add(new Section("测评里换下您的记录", "换人要记下为什么", "测评办完后 " + KEPT + " 年", handed));
        }
        var objections = jdbc.sql("""
                        select o.id, o.filed_at from evaluation_objection o where o.received_on is null and o.filed_by in %s order by o.id
                        """.formatted(MINE))
                .param(person)
                .query((r, n) -> new Entry(
                        "测评异议 " + r.getLong("id"),
                        CivilTime.full(r.getTimestamp("filed_at").toInstant())))
                .list();
        if (!objections.isEmpty()) {
            sections.add(new Section("您替企业提的测评异议", "为了复核得分，并证明答复过", "和得分一起保存，您写的话可以删", objections));
        }
        return sections;
    }

    /** Every night: ties and handovers of campaigns that are long over. That they went is on record, by campaign. @return how many went */
    @Transactional
    public int forget(LocalDate today) {
        record Gone(long id, String area, int count) {}
        var gone = jdbc.sql("""
                        with ended as (
                            select id, area from evaluation_campaign
                            where state in ('final', 'cancelled')
                              and coalesce(cast(final_at at time zone 'Asia/Shanghai' as date), final_by) < :before),
                        ties as (delete from evaluation_conflict x using ended c where c.id = x.campaign returning x.campaign),
                        handed as (delete from evaluation_handover x using ended c where c.id = x.campaign returning x.campaign)
                        select c.id, c.area, count(*) as count
                        from ended c join (select campaign from ties union all select campaign from handed) g on g.campaign = c.id
                        group by c.id, c.area order by c.id
                        """)
                .param("before", today.minusYears(KEPT))
                .query(Gone.class)
                .list();
        gone.forEach(one -> audit.record(
                Reader.VISITOR,
                0,
                "evaluation_campaign.forgotten",
                "evaluation_campaign",
                one.id,
                one.area,
                Map.of("count", one.count)));
        return gone.stream().mapToInt(Gone::count).sum();
    }

    /** What ties somebody to a company is no longer needed once their campaigns are over; an objection stays without its words. */
    @Override
    public void erase(long person, boolean inOffice) {
        jdbc.sql("""
                delete from evaluation_conflict x using evaluation_campaign c
                where c.id = x.campaign and c.state in ('final', 'cancelled') and x.assessor in %s
                """.formatted(MINE)).param(person).update();
        jdbc.sql("""
                delete from evaluation_handover h using evaluation_campaign c
                where c.id = h.campaign and c.state in ('final', 'cancelled') and h.assessor in %s
                """.formatted(MINE)).param(person).update();
        jdbc.sql("""
                update evaluation_objection_words w set words = '（已按本人请求删除）'
                from evaluation_objection o where o.id = w.objection and o.state <> 'filed' and o.received_on is null and o.filed_by in %s
                """.formatted(MINE)).param(person).update();
    }
}
