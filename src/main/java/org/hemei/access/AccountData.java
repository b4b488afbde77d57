package org.hemei.access;

import java.sql.Timestamp;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.hemei.platform.privacy.Ground;
import org.hemei.platform.privacy.PersonalData;
import org.hemei.platform.time.CivilTime;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The account, what it may do, where it is signed in, what it was told. */
@Component
class AccountData implements PersonalData {

    /** As long as the household itself is kept. */
    private static final int YEARS = 2;

    private final JdbcClient jdbc;
    private final InstantSource clock;

    AccountData(JdbcClient jdbc, InstantSource clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    @Override
    public int order() {
        return 20;
    }

    @Override
    public List<Section> held(long person) {
        var entries = new ArrayList<Entry>();
        jdbc.sql("""
                        select a.username, a.created_at, a.care, a.last_seen,
                               exists(select from second_factor f where f.account = a.id) as factor,
                               (select string_agg(i.issuer || ' ' || i.subject, '；') from external_identity i where i.account = a.id) as linked,
                               (select count(*) from notice n where n.account = a.id) as notices,
                               (select count(*) from spring_session s where s.principal_name = a.id::text) as sessions
                        from account a where a.person = ?
                        """).param(person).query(r -> {
            entries.add(new Entry("账号", r.getString("username") == null ? "用手机号登录" : r.getString("username")));
            entries.add(
                    new Entry("开通", CivilTime.full(r.getTimestamp("created_at").toInstant())));
            var seen = r.getTimestamp("last_seen");
            entries.add(new Entry("最近登录", seen == null ? "没有记下" : CivilTime.full(seen.toInstant())));
            entries.add(new Entry("第二重验证", r.getBoolean("factor") ? "有，密钥加密保存" : "没有"));
            entries.add(new Entry("统一认证", r.getString("linked") == null ? "没有关联" : r.getString("linked")));
            entries.add(new Entry("字号", r.getBoolean("care") ? "关怀版" : "标准版"));
            entries.add(new Entry("登录着的设备", r.getLong("sessions") + " 台"));
            entries.add(new Entry("收到的消息", r.getLong("notices") + " 条"));
        });
        return List.of(
                new Section("您的账号", "让您登录，别人登不了", "用到停用为止；验证码和登录失败的记录 30 天后删；登录成功的在审计记录里留编号，一直留着备查", entries),
                new Section("您能办什么", "按职责和地方给权限", "结束后留编号备查", duties(person)),
                new Section("结束的房屋绑定", "让您知道谁在什么时候、为什么结束的", "结束后 " + YEARS + " 年，供有争议时查", ended(person)));
    }

    private List<Entry> ended(long person) {
        return jdbc.sql("""
                        select e.name || bu.name || u.name as place, x.ended_at, x.reason
                        from binding_end x
                                 join unit u on u.id = x.unit
                                 join building bu on bu.id = u.building
                                 join estate e on e.id = u.estate
                        where x.person = ? order by x.id
                        """)
                .param(person)
                .query((r, n) -> new Entry(
                        r.getString("place"),
                        CivilTime.full(r.getTimestamp("ended_at").toInstant())
                                + (r.getString("reason") == null ? "，您自己结束的" : "，社区结束的：" + r.getString("reason"))))
                .list();
    }

    private List<Entry> duties(long person) {
        return jdbc.sql("""
                        select g.role, concat_ws(' · ', b.name, e.name, ar.name, bu.name || u.name) as place, g.since, g.until, g.ended_reason
                        from account a
                                 join access_grant g on g.account = a.id
                                 left join area ar on ar.code = g.area
                                 left join estate e on e.id = g.estate
                                 left join body b on b.id = g.body
                                 left join unit u on u.id = g.unit
                                 left join building bu on bu.id = u.building
                        where a.person = ? order by g.id
                        """)
                .param(person)
                .query((r, n) -> new Entry(
                        Role.valueOf(r.getString("role")).words(),
                        r.getString("place") + "，"
                                + CivilTime.full(r.getTimestamp("since").toInstant()) + " 起"
                                + (r.getTimestamp("until") == null
                                        ? ""
                                        : "，到 "
                                                + CivilTime.full(
                                                        r.getTimestamp("until").toInstant()))
                                + (r.getString("ended_reason") == null ? "" : "，结束的原因：" + r.getString("ended_reason"))))
                .list();
    }

    /** Whoever acts for a body or an area needs the account for it. */
    @Override
    public List<Stays> stays(long person) {
        var now = Timestamp.from(clock.instant());
        var works = jdbc.sql("""
                        select exists (
                            select from account a join access_grant g on g.account = a.id
                            where a.person = ? and g.role <> 'RESIDENT' and g.since <= ? and (g.until is null or g.until > ?))
                        """).params(person, now, now).query(Boolean.class).single();
        return works ? List.of(new Stays(Ground.IN_OFFICE, "工作账号和它的权限")) : List.of();
    }

    @Override
    public void erase(long person, boolean inOffice) {
        var now = Timestamp.from(clock.instant());
        jdbc.sql("""
                        update binding_request r set words_cipher = null from account a
                        where a.id = r.account and a.person = ?
                        """).param(person).update();
        jdbc.sql("delete from binding_end where person = ?").param(person).update();
        jdbc.sql("delete from notice n using account a where a.id = n.account and a.person = ? and n.at < ?")
                .params(person, now)
                .update();
        jdbc.sql("""
                        update access_grant g set until = greatest(g.since, cast(? as timestamptz)) from account a
                        where a.id = g.account and a.person = ? and g.role = 'RESIDENT' and (g.until is null or g.until > ?)
                        """).params(now, person, now).update();
        if (inOffice) {
            return;
        }
        jdbc.sql("delete from sign_in_code c using person p where p.phone_index = c.phone_index and p.id = ?")
                .param(person)
                .update();
        jdbc.sql("delete from spring_session s using account a where s.principal_name = a.id::text and a.person = ?")
                .param(person)
                .update();
        for (var table : List.of("recovery_code", "second_factor", "external_identity")) {
            jdbc.sql("delete from " + table + " t using account a where a.id = t.account and a.person = ?")
                    .param(person)
                    .update();
        }
        jdbc.sql("""
                        update account set username = null, password_hash = null, disabled_at = coalesce(disabled_at, ?), disabled_reason = null
                        where person = ?
                        """).params(now, person).update();
        jdbc.sql("update access_grant g set ended_reason = null from account a where a.id = g.account and a.person = ?")
                .param(person)
                .update();
    }

    @Override
    public Forgotten forget(Instant now) {
        return new Forgotten(
                "binding_end",
                jdbc.sql("delete from binding_end where ended_at < ?")
                        .param(Timestamp.from(
                                CivilTime.startOf(CivilTime.date(now).minusYears(YEARS))))
                        .update());
    }
}
