package org.hemei.registry.people;

import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.hemei.platform.Refusal;
import org.hemei.platform.crypto.FieldCipher;
import org.hemei.platform.privacy.Ground;
import org.hemei.platform.privacy.PersonalData;
import org.hemei.platform.time.CivilTime;
import org.hemei.registry.Persons;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Who somebody is, where they live, which posts they hold. */
@Component
class PersonData implements PersonalData {

    private static final String ERASED = "已删除";
    private static final int YEARS = 2;

    private final JdbcClient jdbc;
    private final FieldCipher cipher;
    private final PostHistory history;
    private final InstantSource clock;

    PersonData(JdbcClient jdbc, FieldCipher cipher, PostHistory history, InstantSource clock) {
        this.jdbc = jdbc;
        this.cipher = cipher;
        this.history = history;
        this.clock = clock;
    }

    @Override
    public int order() {
        return 10;
    }

    @Override
    public List<Section> held(long person) {
        return List.of(
                new Section("您是谁", "登录认人；工作人员要联系到您", "用到您请求删除为止", identity(person)),
                new Section("您的房屋", "只让这一户的人为它点单、评价、投票", "搬走后记录保留 " + YEARS + " 年，供有争议时查", homes(person)),
                new Section("您的职务", "任职是公开的职责，要查得到谁在任", "离任后留编号，姓名可以请求删除", posts(person)));
    }

    private List<Entry> identity(long person) {
        return jdbc.sql("select name_cipher, masked_name, phone_cipher from person where id = ?")
                .param(person)
                .query((r, n) -> {
                    var entries = new ArrayList<Entry>();
                    entries.add(new Entry("姓名", cipher.decrypt(r.getBytes(1))));
                    entries.add(new Entry("别人看到的", r.getString(2)));
                    var phone = r.getBytes(3);
                    entries.add(new Entry("手机号", phone == null ? "没有" : cipher.decrypt(phone)));
                    return (List<Entry>) entries;
                })
                .single();
    }

    private List<Entry> homes(long person) {
        return jdbc.sql("""
                        select e.name || bu.name || u.name as place, m.relation, lower(m.during) as first, upper(m.during) as ending
                        from household_member m
                                 join unit u on u.id = m.unit
                                 join building bu on bu.id = u.building
                                 join estate e on e.id = u.estate
                        where m.person = ? order by lower(m.during), m.id
                        """)
                .param(person)
                .query((r, n) -> new Entry(
                        r.getString("place"),
                        switch (r.getString("relation")) {
                                    case "owner" -> "业主";
                                    case "family" -> "家属";
                                    default -> "租户";
                                }
                                + "，"
                                + days(r.getObject("first", LocalDate.class), r.getObject("ending", LocalDate.class))))
                .list();
    }

    private List<Entry> posts(long person) {
        var entries = new ArrayList<>(inOffice(person));
        history.goneOf(person)
                .forEach(gone -> entries.add(new Entry(
                        gone.bodyName() + " " + gone.post(),
                        "登记过，" + CivilTime.day(CivilTime.date(gone.at())) + "撤回了"
                                + (gone.reason().isEmpty() ? "" : "：" + gone.reason()))));
        return entries;
    }

    private List<Entry> inOffice(long person) {
        return jdbc.sql("""
                        select b.name || ' ' || a.post as post, lower(a.during) as first, upper(a.during) as ending
                        from appointment a join body b on b.id = a.body where a.person = ? order by lower(a.during), a.id
                        """)
                .param(person)
                .query((r, n) -> new Entry(
                        r.getString("post"),
                        days(r.getObject("first", LocalDate.class), r.getObject("ending", LocalDate.class))))
                .list();
    }

    private static String days(LocalDate first, @Nullable LocalDate ending) {
        return CivilTime.day(first) + "—" + (ending == null ? "现在" : CivilTime.day(ending.minusDays(1)));
    }

    /** Who holds a post today, or is going to, is known by name as long as they do. */
    @Override
    public List<Stays> stays(long person) {
        var posts = jdbc.sql("""
                        select b.short_name || ' ' || a.post from appointment a join body b on b.id = a.body
                        where a.person = ? and (upper_inf(a.during) or upper(a.during) > ?) order by a.id
                        """).params(person, today()).query(String.class).list();
        return posts.isEmpty()
                ? List.of()
                : List.of(new Stays(Ground.IN_OFFICE, "姓名、手机号和职务（" + String.join("、", posts) + "）"));
    }

    @Override
    public void erase(long person, boolean inOffice) {
        jdbc.sql("delete from household_member where person = ? and lower(during) >= ?")
                .params(person, today())
                .update();
        jdbc.sql("""
                        update household_member set during = daterange(lower(during), ?)
                        where person = ? and (upper_inf(during) or upper(during) > ?)
                        """).params(today(), person, today()).update();
        if (!inOffice) {
            jdbc.sql("""
                            update person set name_cipher = ?, masked_name = ?, phone_cipher = null, phone_index = null
                            where id = ?
                            """).params(cipher.encrypt(ERASED), ERASED, person).update();
            eraseTrail(person);
        }
    }

    /** What imports keep of the person for taking them back: undone, one gives back nothing that was erased. */
    private void eraseTrail(long person) {
        jdbc.sql("""
                        update import_change i
                        set after = i.after - x.words,
                            before = (i.before - x.words) || jsonb_build_object('name_cipher', to_jsonb(p) -> 'name_cipher', 'masked_name', p.masked_name)
                        from person p, (values (array['name_cipher', 'masked_name', 'phone_cipher', 'phone_index'])) x (words)
                        where p.id = :id and i.tab = 'person' and i.row_id = cast(:id as text)
                        """).param("id", person).update();
    }

    @Override
    public Forgotten forget(Instant now) {
        return new Forgotten(
                "household_member",
                jdbc.sql("delete from household_member where upper(during) <= ?")
                        .param(CivilTime.date(now).minusYears(YEARS))
                        .update());
    }

    @Override
    public @Nullable String area(long person) {
        return jdbc.sql("""
                        select area from (
                            select e.community as area, 1 as rank, m.id
                            from household_member m join unit u on u.id = m.unit join estate e on e.id = u.estate
                            where m.person = :person
                            union all
                            select b.area, 2, a.id from appointment a join body b on b.id = a.body where a.person = :person
                        ) known order by rank, id desc limit 1
                        """)
                .param("person", person)
                .query(String.class)
                .optional()
                .orElse(null);
    }

    @Override
    public @Nullable String phone(long person) {
        return jdbc.sql("select phone_cipher from person where id = ? and phone_cipher is not null")
                .param(person)
                .query(byte[].class)
                .optional()
                .map(cipher::decrypt)
                .orElse(null);
    }

    @Override
    public void correct(long person, @Nullable String name, @Nullable String phone) {
        if (name != null) {
            jdbc.sql("update person set name_cipher = ?, masked_name = ? where id = ?")
                    .params(cipher.encrypt(name), Persons.masked(name), person)
                    .update();
        }
        if (phone != null) {
            try {
                jdbc.sql("update person set phone_cipher = ?, phone_index = ? where id = ?")
                        .params(cipher.encrypt(phone), cipher.blindIndex(phone), person)
                        .update();
            } catch (DuplicateKeyException taken) {
                throw Refusal.of("phone", "这个手机号登记在别人名下。请核对号码。");
            }
        }
    }

    private LocalDate today() {
        return CivilTime.date(clock.instant());
    }
}
