package org.hemei.demo;

import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.hemei.platform.time.WorkCalendars;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Appeals about the rates: some wait for the street or the district, some are decided either way. */
final class RateAppeals {

    private static final int MOST = 36;
    private static final int WORKING_DAYS = 5;

    /** A resident was not satisfied, and the holder thinks that should not count. */
    private record Case(
            int district,
            long order,
            String community,
            long estate,
            long holder,
            Instant ratedAt,
            long manager,
            long street,
            long above) {}

    private record Said(String reason, String words, boolean upheld, String decision) {}

    private static final List<Said> SAID = List.of(
            new Said("repeated", "同一处漏水上周已按另一张单处理，点单人两张都评了不满意。", true, "两张单说的是同一处，按前一张算。"),
            new Said("repeated", "和邻居点的是同一件事，邻居那张已办结并评了满意。", false, "两户说的不是同一处，各算各的。"),
            new Said("not_ours", "户内自用管道，点单时已告知找维修，仍评不满意。", true, "核对了现场照片，是户内自用部位。"),
            new Said("beyond", "那两天片区停水检修，登门也修不了。", false, "停水公告提前三天发过，可以先告知居民。"),
            new Said("beyond", "暴雨预警期间电梯井不能作业，次日一早就修好了。", true, "预警记录属实，客观原因成立。"),
            new Said("unreachable", "一天里打了四次都没有接，上门两次无人。", false, "登记的联系只有一次，理由不足。"));

    private final JdbcClient jdbc;
    private final WorkCalendars calendars;
    private final Instant now;

    RateAppeals(JdbcClient jdbc, WorkCalendars calendars, Instant now) {
        this.jdbc = jdbc;
        this.calendars = calendars;
        this.now = now;
    }

    /** @return how many numbers were used */
    long build() {
        var cases = cases();
        for (int i = 0; i < cases.size(); i++) {
            write(i + 1L, cases.get(i), SAID.get(i % SAID.size()), i);
        }
        jdbc.sql("""
                insert into rate_ruling (district, order_id, rate, counts, appeal, at)
                select a.district, a.order_id, x.rate, false, a.id, a.decided_at
                from rate_appeal a cross join unnest(a.rates) as x (rate) where a.upheld
                """).update();
        return cases.size();
    }

    private List<Case> cases() {
        return jdbc.sql("""
                select * from (
                    select o.district, o.id as "order", o.community, o.estate, o.holder, r.at as rated_at,
                           (select min(g.account) from access_grant g
                            where g.role = 'MANAGER' and g.body = o.holder and (g.estate is null or g.estate = o.estate)) as manager,
                           (select min(g.account) from access_grant g where g.role = 'STREET' and g.area = left(o.community, 9)) as street,
                           (select min(g.account) from access_grant g where g.role = 'DISTRICT' and g.area = left(o.community, 6)) as above
                    from work_order o
                             join work_order_rating r on r.district = o.district and r.order_id = o.id and r.account = o.reporter
                    where o.state = 'closed' and r.solved and r.satisfied <= 2 and r.at > :since and r.at < :until
                      and o.holder in (select body from company)
                    order by r.at desc, o.district, o.id limit :most) c
                where manager is not null and street is not null and above is not null and manager <> street
                """)
                .param("since", Timestamp.from(now.minus(Duration.ofDays(75))))
                .param("until", Timestamp.from(now.minus(Duration.ofHours(8))))
                .param("most", MOST)
                .query((r, n) -> new Case(
                        r.getInt("district"),
                        r.getLong("order"),
                        r.getString("community"),
                        r.getLong("estate"),
                        r.getLong("holder"),
                        r.getTimestamp("rated_at").toInstant(),
                        r.getLong("manager"),
                        r.getLong("street"),
                        r.getLong("above")))
                .list();
    }

    private void write(long id, Case one, Said said, int i) {
        var filed = earlier(one.ratedAt.plus(Duration.ofHours(20)), now.minus(Duration.ofHours(5)));
        var decided = filed.plus(Duration.ofHours(26 + i % 9));
        var waits = decided.isAfter(now.minus(Duration.ofHours(1)));
        var asked = decided.plus(Duration.ofHours(20));
        var second = !waits && !said.upheld && i % 3 == 1 && asked.isBefore(now);
        var looked = asked.plus(Duration.ofHours(50));
        var last = second && looked.isBefore(now);
        var state = waits ? "filed" : !second ? "decided" : last ? "final" : "second";
        var due = waits
                ? calendars.current().after(filed, WORKING_DAYS)
                : last ? null : calendars.current().after(second ? asked : decided, WORKING_DAYS);
        jdbc.sql("""
                insert into rate_appeal (district, id, version, order_id, community, estate, holder, kind, rates, reason, side, filed_by,
                                         filed_at, state, due_at, upheld, decided_by, decided_at, second_side, second_by)
                values (:district, :id, :version, :order, :community, :estate, :holder, 'leave_out', array['satisfaction'], :reason,
                        'holder', :manager, :filed, :state, :due, :upheld, :decider, :decided, :side, :second)
                """)
                .param("district", one.district)
                .param("id", id)
                .param("version", waits ? 0 : !second ? 1 : last ? 3 : 2)
                .param("order", one.order)
                .param("community", one.community)
                .param("estate", one.estate)
                .param("holder", one.holder)
                .param("reason", said.reason)
                .param("manager", one.manager)
                .param("filed", Timestamp.from(filed))
                .param("state", state)
                .param("due", due == null ? null : Timestamp.from(due))
                .param("upheld", waits ? null : said.upheld)
                .param("decider", waits ? null : last ? one.above : one.street)
                .param("decided", waits ? null : Timestamp.from(last ? looked : decided))
                .param("side", second ? "holder" : null)
                .param("second", second ? one.manager : null)
                .update();
        step(one, id, 0, filed, "file", one.manager, "处理单位", said.words);
        if (!waits) {
            step(one, id, 1, decided, said.upheld ? "uphold" : "refuse", one.street, "街道", said.decision);
        }
        if (second) {
            step(one, id, 2, asked, "ask_second", one.manager, "处理单位", "街道没有看附的证据，请区里再看一次。");
        }
        if (last) {
            step(one, id, 3, looked, "refuse", one.above, "区里", "证据看过了，街道定得对。");
        }
    }

    private void step(Case one, long id, int seq, Instant at, String verb, long actor, String as, String words) {
        jdbc.sql("""
                insert into rate_appeal_step (district, appeal, seq, at, verb, actor, actor_as) values (?, ?, ?, ?, ?, ?, ?)
                """)
                .params(one.district, id, seq, Timestamp.from(at), verb, actor, as)
                .update();
        jdbc.sql("insert into rate_appeal_remark (district, appeal, seq, words) values (?, ?, ?, ?)")
                .params(one.district, id, seq, words)
                .update();
    }

    private static Instant earlier(Instant one, Instant other) {
        return one.isBefore(other) ? one : other;
    }
}
