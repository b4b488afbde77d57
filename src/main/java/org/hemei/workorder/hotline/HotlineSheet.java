package org.hemei.workorder.hotline;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.hemei.access.Role;
import org.hemei.platform.Reader;
import org.hemei.platform.Scope;
import org.hemei.platform.crypto.FieldCipher;
import org.hemei.platform.log.Audit;
import org.hemei.platform.transfer.Check;
import org.hemei.platform.transfer.Column;
import org.hemei.platform.transfer.Findings;
import org.hemei.platform.transfer.Part;
import org.hemei.platform.transfer.Part.Field;
import org.hemei.platform.transfer.Sheet;
import org.hemei.workorder.Said;
import org.hemei.workorder.filing.FilingQueries;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * 热线件: what the hotline hands over each day, known by the hotline's number. What came before is left as it is, but for a deadline
 * that the hotline moved; one that went back and is sent again waits again. Estate and kind are found by name, by the address and by the words; what is not found is assigned by
 * hand. What people said, their names and phones are encrypted before they are staged, and never leave by an export.
 */
@Component
class HotlineSheet implements Sheet {

    private static final int PLACE = 60;

    /** The order of matter c has ended, or what it was joined to has; what lies in the archive ended long ago. */
    private static final String ENDED = """
            exists (select from hotline_order h left join work_order w on w.district = h.district and w.id = h.order_id
                             left join work_order k on w.state = 'merged' and k.district = w.district and k.id = w.kept
                    where h.hotline_case = c.id
                      and (w.id is null or coalesce(k.state, w.state) in ('closed', 'closed_unrated', 'rejected', 'answered', 'withdrawn')
                           or coalesce(k.state, w.state) = 'transferred'
                              and not exists (select from order_transfer t where t.district = w.district and t.order_id = coalesce(k.id, w.id)
                                              and t.state = 'taken')))""";

    /** The matters that wait again by an import, though they had become orders. */
    private static final String AGAIN = """
            select cast(c.row_id as bigint) from import_change c
            where c.run = ? and c.tab = 'hotline_case' and c.before ->> 'waits' = 'false' and c.after ->> 'waits' = 'true'
              and c.before ->> 'returned_at' is null
            """;

    private static final String SET_ASIDE = """
            with again (id) as (%s),
                 gone as (delete from hotline_order h using again a where h.hotline_case = a.id returning h.*)
            insert into hotline_order_before (hotline_case, district, order_id, filed_at)
            select hotline_case, district, order_id, filed_at from gone
            """.formatted(AGAIN);

    private static final String TAKEN_BACK = """
            with again (id) as (%s),
                 last as (select distinct on (b.hotline_case) b.* from hotline_order_before b join again a on a.id = b.hotline_case
                          where not exists (select from hotline_order h where h.hotline_case = b.hotline_case)
                          order by b.hotline_case, b.filed_at desc),
                 gone as (delete from hotline_order_before b using last l
                          where b.hotline_case = l.hotline_case and b.district = l.district and b.order_id = l.order_id returning b.*)
            insert into hotline_order (hotline_case, district, order_id, filed_at)
            select hotline_case, district, order_id, filed_at from gone
            """.formatted(AGAIN);

    private final JdbcClient jdbc;
    private final FieldCipher cipher;
    private final FilingQueries filing;
    private final Audit audit;

    HotlineSheet(JdbcClient jdbc, FieldCipher cipher, FilingQueries filing, Audit audit) {
        this.jdbc = jdbc;
        this.cipher = cipher;
        this.filing = filing;
        this.audit = audit;
    }

    @Override
    public String key() {
        return "hotline";
    }

    @Override
    public String title() {
        return "12345 热线件";
    }

    @Override
    public String about() {
        return "一行是热线转来的一件事，按热线工单号认；转来过的不重复；退回过又转来的，重新等着办；办结以后又转来、受理日期更晚的是重办，等着另开新单。";
    }

    @Override
    public int order() {
        return 95;
    }

    @Override
    public List<Column> columns() {
        return List.of(
                Column.code("number", "热线工单号", "[0-9A-Za-z-]{4,40}")
                        .must()
                        .example("20261126-00018")
                        .hint("热线平台的号，照抄。"),
                Column.day("received", "受理日期").must().example("2026-11-26"),
                Column.day("due", "办结时限").example("2026-12-03").hint("热线要求的最后一天。"),
                Column.text("topic", "诉求类别", 60).example("电梯"),
                Column.text("estate_name", "小区", 60).example("和平花园").hint("写不准也行，认不出的导入后人工指定。"),
                Column.text("place", "地址", PLACE).example("3 幢 2 单元门口"),
                Column.said("words", "诉求内容", Said.MAX_WORDS)
                        .must()
                        .example("电梯停了两天没人修。")
                        .hint("加密保存。"),
                Column.name("caller", "来电人").example("王小明").hint("加密保存。"),
                Column.anyPhone("phone", "来电号码").example("13800000000").hint("加密保存。座机带区号。"));
    }

    @Override
    public Scope scope(Reader reader) {
        return reader.scope(Role.COMMUNITY, Role.STREET, Role.DISTRICT, Role.CITY);
    }

    @Override
    public AreaOf area() {
        return new AreaOf("(select e.community from estate e where e.id = s.estate)", "estate_name");
    }

    @Override
    public List<String> resolve() {
        return List.of("""
                alter table stage add case_id bigint, add estate bigint, add category text, add area text,
                                  add waits boolean default true, add recalled timestamptz,
                                  add again boolean default false, add fresh boolean default true
                """, """
                with known as (select c.* from hotline_case c join stage s on s.number = c.number order by c.id for update of c)
                update stage s set case_id = c.id, estate = c.estate, category = c.category,
                                   fresh = false, again = c.returned_at is null and s.received > c.received_on and %s,
                                   waits = case when c.returned_at is not null then true end,
                                   recalled = case when c.returned_at is not null then %s end
                from known c where c.number = s.number
                """.formatted(ENDED, NOW), """
                update stage s set waits = true where s.again
                """, """
                update stage s set estate = m.estate
                from (select x.line, min(e.id) as estate
                      from stage x join estate_now e on e.name = x.estate_name or e.alias = x.estate_name
                               join importer i on starts_with(e.community, i.area)
                      where x.case_id is null group by x.line having count(distinct e.id) = 1) m
                where m.line = s.line
                """, """
                update stage s set estate = m.estate
                from (select x.line, min(e.id) as estate
                      from stage x join estate_now e on length(e.name) > 2 and strpos(coalesce(x.estate_name, '') || coalesce(x.place, ''), e.name) > 0
                               join importer i on starts_with(e.community, i.area)
                      where x.case_id is null and x.estate is null group by x.line having count(distinct e.id) = 1) m
                where m.line = s.line
                """, """
                update stage s set category = m.category
                from (select x.line, min(c.code) as category
                      from stage x join category c on c.name = x.topic and c.parent is not null and c.active
                      where x.case_id is null group by x.line having count(*) = 1) m
                where m.line = s.line
                """, """
                update stage s set area = coalesce((select e.community from estate e where e.id = s.estate),
                                                   (select min(i.area) from importer i))
                """);
    }

    @Override
    public List<Check> checks() {
        return List.of(
                new Check("words", "请写诉求内容。", "s.words is null and s.case_id is null"),
                new Check("due", "办结时限比受理日期还早。请核对。", "s.due < s.received"),
                new Check("number", "热线工单号 {number} 已经转给别的地方了。请核对。", """
                        exists (select from hotline_case c where c.id = s.case_id
                                and not exists (select from importer i where starts_with(c.area, i.area)))
                        """));
    }

    /** The kind, from the words, where the hotline's own word for it says nothing to us. */
    @Override
    public void look(Findings findings) {
        var all = filing.categories();
        List<Integer> lines = new ArrayList<>();
        List<String> codes = new ArrayList<>();
        jdbc.sql("""
                        select line, coalesce(topic, ''), decode(words, 'hex') from stage
                        where category is null and case_id is null and words is not null order by line
                        """).withFetchSize(500).query(r -> {
            var said = r.getString(2) + " " + cipher.decrypt(r.getBytes(3));
            FilingQueries.suggest(all, said, "").ifPresent(leaf -> {
                lines.add(line(r));
                codes.add(leaf.code());
            });
        });
        jdbc.sql(
                        "update stage s set category = f.code from unnest(?::int[], ?::text[]) f (line, code) where f.line = s.line")
                .params(lines.toArray(Integer[]::new), codes.toArray(String[]::new))
                .update();
    }

    private static int line(java.sql.ResultSet r) {
        try {
            return r.getInt(1);
        } catch (java.sql.SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public Identity identity() {
        return new Identity("s.number", "number");
    }

    @Override
    public List<Part> parts() {
        return List.of(Part.of(
                "hotline_case",
                "case_id",
                Field.of("number", "s.number"),
                Field.of(
                                "received_on",
                                "case when s.fresh or s.again or s.recalled is not null then s.received end",
                                "received")
                        .keeping(),
                Field.of("due_on", "s.due", "due").keeping(),
                Field.of("topic", "coalesce(s.topic, '')"),
                Field.of("estate_name", "coalesce(s.estate_name, '')"),
                Field.of("place", "coalesce(s.place, '')"),
                Field.of(
                                "words_cipher",
                                "case when s.fresh or s.again or s.recalled is not null then decode(s.words, 'hex') end",
                                "words")
                        .keeping(),
                Field.of("caller_name_cipher", "decode(split_part(s.caller, ' ', 2), 'hex')"),
                Field.of("caller_masked", "split_part(s.caller, ' ', 3)"),
                Field.of("caller_phone_index", "decode(split_part(s.phone, ' ', 1), 'hex')"),
                Field.of("caller_phone_cipher", "decode(split_part(s.phone, ' ', 2), 'hex')"),
                Field.of("area", "s.area"),
                Field.of("estate", "s.estate"),
                Field.of("category", "s.category"),
                // one that went back and is sent again is taken back; one whose order has ended is to be another
                Field.of("waits", "s.waits", "number").keeping(),
                Field.of("returned_at", "cast(null as timestamptz)", "number"),
                Field.of("returned_reason", "cast(null as text)", "number"),
                Field.of("returned_by", "cast(null as bigint)", "number"),
                Field.of("recalled_at", "s.recalled", "number").keeping()));
    }

    /** One that had gone back and was sent again, for whoever looks up who took it back; and those whose order had ended. */
    @Override
    public void told(long run, boolean undone) {
        jdbc.sql(undone ? TAKEN_BACK : SET_ASIDE).param(run).update();
        if (undone) {
            return;
        }
        jdbc.sql("""
                        select r.account, c.row_id, c.after ->> 'area' as area from import_change c join import_run r on r.id = c.run
                        where c.run = ? and c.tab = 'hotline_case' and c.before ->> 'returned_at' is not null
                          and c.after ->> 'returned_at' is null order by c.row_id
                        """)
                .param(run)
                .query(Again.class)
                .list()
                .forEach(one -> audit.record(
                        new Reader(one.account, 0, "", List.of(), false),
                        HotlineDesk.district(one.area),
                        "hotline.recalled",
                        "hotline_case",
                        Long.valueOf(one.rowId),
                        one.area,
                        Map.of("run", run)));
    }

    private record Again(long account, String rowId, String area) {}

    /** Without what anybody said and who it was. */
    @Override
    public String export() {
        return """
                select c.number, c.received_on, c.due_on, nullif(c.topic, ''), coalesce((select e.name from estate e where e.id = c.estate), nullif(c.estate_name, '')),
                       nullif(c.place, ''), null::text, c.caller_masked, null::text
                from hotline_case c
                where exists (select from unnest(cast(:areas as text[])) a where starts_with(c.area, a))
                order by c.received_on, c.id
                """;
    }
}
