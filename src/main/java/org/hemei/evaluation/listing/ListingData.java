package org.hemei.evaluation.listing;

import java.util.List;
import org.hemei.platform.privacy.PersonalData;
import org.hemei.platform.time.CivilTime;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** In which decisions on the blacklist somebody took part. Such a record is a duty of office and is kept as long as the decision. */
@Component
class ListingData implements PersonalData {

    private final JdbcClient jdbc;

    ListingData(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    @Override
    public int order() {
        return 46;
    }

    @Override
    public List<Section> held(long person) {
        var entries = jdbc.sql("""
                select v.choice, v.why, v.agreed, v.remark, %s and l.decided_on is not null as counts, b.name,
                       coalesce(l.decided_on, cast(s.at at time zone 'Asia/Shanghai' as date)) as decided_on
                from listing_vote v join account a on a.id = v.account join listing l on l.id = v.listing join body b on b.id = l.company
                         join listing_step s on s.listing = v.listing and s.seq = v.seq
                where a.person = ? order by l.id desc, v.seq desc limit 200
                """.formatted(VoteBook.LAST))
                .param(person)
                .query((r, n) -> new Entry(
                        r.getString("name") + "，" + CivilTime.day(r.getObject("decided_on", java.time.LocalDate.class)),
                        Votes.Choice.of(r.getString("choice")).words()
                                + (r.getString("why").isEmpty() ? "" : "：" + r.getString("why"))
                                + (r.getString("remark").isEmpty() ? "" : "。您说记错了：" + r.getString("remark"))
                                + (r.getBoolean("counts") ? "" : "（后来重新记过或重新讨论，这一条不算）")))
                .list();
        return entries.isEmpty()
                ? List.of()
                : List.of(new Section("您参加的“黑名单”集体决定", "集体讨论决定要记下谁参加、怎么表决", "和决定书一样久，是履行职务的记录，不能先删", entries));
    }

    @Override
    public void erase(long person, boolean inOffice) {
        // why somebody withdrew, and what they said was wrong, tells of their life; that they did is part of the
        // decision
        jdbc.sql("""
                update listing_vote set remark = '（本人要求删除）'
                where remark <> '' and account in (select id from account where person = ?)
                """).param(person).update();
        jdbc.sql("""
                update listing_vote set why = '（本人要求删除）'
                where choice = 'recused' and account in (select id from account where person = ?)
                """).param(person).update();
    }
}
