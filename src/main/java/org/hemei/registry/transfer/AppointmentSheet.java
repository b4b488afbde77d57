package org.hemei.registry.transfer;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import org.hemei.platform.Reader;
import org.hemei.platform.Scope;
import org.hemei.platform.transfer.Check;
import org.hemei.platform.transfer.Column;
import org.hemei.platform.transfer.Findings;
import org.hemei.platform.transfer.Part;
import org.hemei.platform.transfer.Part.Field;
import org.hemei.platform.transfer.Sheet;
import org.hemei.registry.people.AppointmentRules;
import org.hemei.registry.people.BodyInOffice;
import org.hemei.registry.people.Post;
import org.hemei.registry.people.Proposed;
import org.hemei.registry.people.Tenure;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * 任职, found again by person, body, post and first day. Every rule of appointments is asked about every row: before writing,
 * against what is there, and after, against the rest of the file as well.
 */
@Component
class AppointmentSheet implements Sheet {

    private static final int BATCH = 2_000;

    private final JdbcClient jdbc;
    private final AppointmentRules rules;
    private final Appointers appointers;

    AppointmentSheet(JdbcClient jdbc, AppointmentRules rules, Appointers appointers) {
        this.jdbc = jdbc;
        this.rules = rules;
        this.appointers = appointers;
    }

    @Override
    public String key() {
        return "appointments";
    }

    @Override
    public String title() {
        return "任职";
    }

    @Override
    public String about() {
        return "一行是一个人在一个组织的一个职务，按人、组织、职务和开始日期认。";
    }

    @Override
    public int order() {
        return 90;
    }

    @Override
    public List<Column> columns() {
        var posts = new LinkedHashMap<String, String>();
        jdbc.sql("select name from post order by rank, name")
                .query(String.class)
                .list()
                .forEach(name -> posts.put(name, name));
        return List.of(
                PersonSheet.code(),
                Column.phone("phone", "手机号").example("13800000000").hint("没有人员编号就填手机号，只用来认人。"),
                Column.name("name", "姓名").example("王小明").hint("只用来核对，和“人员”表里一样。没在您这里任过职的人要填。"),
                Column.code("body", "组织编号", "#?[0-9A-Za-z_.-]{1,40}")
                        .must()
                        .example("DZ-0001")
                        .hint("组织编号；物业企业填统一社会信用代码。"),
                Column.choice("post", "职务").among(posts).must().example("书记"),
                EstateColumns.code().hint("只有物业企业的职务分小区时才填。"),
                EstateColumns.community(),
                EstateColumns.name(),
                Column.flag("full_time", "专职").example("是").hint("不填算专职。"),
                Column.day("since", "开始日期").must().example("2024-03-01"),
                Column.day("until", "最后一天").example("2027-02-28").hint("在任的最后一天。还没定就不填。"));
    }

    @Override
    public Scope scope(Reader reader) {
        return reader.scope(PersonSheet.OFFICES);
    }

    @Override
    public AreaOf area() {
        return new AreaOf("s.area", "body");
    }

    @Override
    public List<String> resolve() {
        return Statements.all(
                EstateColumns.resolve(),
                List.of(
                        "alter table stage add person_id bigint, add body_id bigint, add appointment_id bigint, add change_id bigint, add during daterange, add coverage_id bigint, add covered daterange, add was jsonb"),
                PersonSheet.FIND,
                Statements.found("body", "body", "body_id"),
                List.of(
                        PersonSheet.BY_PHONE,
                        "update stage s set body_id = c.body from company c where c.credit_code = s.body",
                        // who appoints to a body does so wherever its people work; whoever oversees the place may load
                        // again what they took away
                        """
                update stage s set area = case when exists (select from importer i where starts_with(b.area, i.area)) then b.area
                                               else coalesce(s.area, b.area) end
                from body b where b.id = s.body_id
                """,
                        "update stage s set during = daterange(s.since, s.until + 1) where s.until is null or s.until >= s.since",
                        """
                update stage s set appointment_id = a.id from appointment a
                where a.person = s.person_id and a.body = s.body_id and a.post = s.post and a.estate is not distinct from s.estate_id
                  and lower(a.during) = s.since
                """,
                        """
                update stage s set was = jsonb_strip_nulls(jsonb_build_object('first', lower(a.during), 'last', upper(a.during) - 1, 'full_time', a.full_time))
                from appointment a where a.id = s.appointment_id
                """,
                        AdviserParts.COVERED));
    }

    @Override
    public List<Check> checks() {
        return List.of(
                new Check("code", "要填人员编号或手机号。", "s.code is null and s.phone is null"),
                new Check(
                        "code",
                        "没有这个人。请先导入人员，或核对编号和手机号。",
                        "coalesce(s.code, s.phone) is not null and s.person_id is null"),
                new Check("body", "没有编号是“{body}”的组织。请先导入组织或企业。", "s.body_id is null"),
                new Check("until", "最后一天比开始日期还早。请改一改。", "s.until < s.since"),
                AdviserParts.LATER,
                new Check(
                        "estate_name",
                        "没有这个小区。请核对，或先导入小区。",
                        "coalesce(s.estate_code, s.estate_name) is not null and s.estate_id is null"),
                new Check("post", "这个职务同时只能有一个人，和表里另一行重了。", """
                        exists (select from post p where p.name = s.post and not p.many) and exists (
                            select from stage o where o.body_id = s.body_id and o.post = s.post and o.line < s.line and o.during && s.during
                              and o.estate_id is not distinct from s.estate_id)
                        """),
                new Check("since", "和表里同一个人的同一职务日期重了。", """
                        exists (select from stage o where o.person_id = s.person_id and o.body_id = s.body_id and o.post = s.post
                                  and o.line < s.line and o.during && s.during and o.estate_id is not distinct from s.estate_id)
                        """));
    }

    @Override
    public void look(Findings findings) {
        appointers.look(findings);
        ask(findings, "left join appointment a on a.id = s.appointment_id", "(a.id is null or a.during <> s.during)");
    }

    @Override
    public void mayUndo(long run) {
        appointers.mayUndo(run);
    }

    @Override
    public void verify(Findings findings) {
        ask(findings, "", "s.p0 in ('c', 'u')");
    }

    private record Asked(int line, Proposed wanted) {}

    /** Some at a time, so that memory stays flat. */
    private void ask(Findings findings, String join, String where) {
        var after = 0;
        for (var rows = page(join, where, after); !rows.isEmpty(); rows = page(join, where, after)) {
            var reasons = rules.against(rows.stream().map(Asked::wanted).toList());
            for (var n = 0; n < rows.size(); n++) {
                var line = rows.get(n).line();
                reasons.get(n).forEach(reason -> findings.add(line, blamed(reason.field()), reason.words()));
            }
            after = rows.getLast().line();
        }
    }

    private List<Asked> page(String join, String where, int after) {
        return jdbc.sql("""
                        select s.line, s.appointment_id, s.person_id, s.estate_id, coalesce(s.full_time, true) as full_time, s.since, s.until,
                               b.id, b.kind, b.party_kind, b.name, b.area, b.estate, b.since as body_since, b.until as body_until,
                               case b.kind when 'company' then b.id else b.company end as company,
                               p.name as post, p.duty, p.kinds, p.many
                        from stage s join body b on b.id = s.body_id join post p on p.name = s.post %s
                        where s.person_id is not null and s.during is not null and %s and s.line > ? order by s.line limit ?
                        """.formatted(join, where))
                .params(after, BATCH)
                .query((r, n) -> new Asked(r.getInt("line"), proposed(r)))
                .list();
    }

    private static String blamed(@Nullable String field) {
        return switch (field == null ? "" : field) {
            case "from" -> "since";
            case "to" -> "until";
            case "post" -> "post";
            case "estate" -> "estate_name";
            default -> "body";
        };
    }

    private static Proposed proposed(ResultSet r) throws SQLException {
        return new Proposed(
                r.getObject("appointment_id", Long.class),
                r.getLong("person_id"),
                new BodyInOffice(
                        r.getLong("id"),
                        r.getString("kind"),
                        r.getString("party_kind"),
                        r.getString("name"),
                        r.getString("area"),
                        r.getObject("estate", Long.class),
                        r.getObject("company", Long.class),
                        r.getObject("body_since", LocalDate.class),
                        r.getObject("body_until", LocalDate.class)),
                new Post(
                        r.getString("post"),
                        r.getString("duty"),
                        List.of((String[]) r.getArray("kinds").getArray()),
                        r.getBoolean("many")),
                r.getObject("estate_id", Long.class),
                r.getBoolean("full_time"),
                new Tenure(r.getObject("since", LocalDate.class), r.getObject("until", LocalDate.class)));
    }

    @Override
    public Identity identity() {
        return new Identity(
                "s.person_id, s.body_id, s.post, s.estate_id, s.since, case when s.person_id is null then s.line end",
                "post");
    }

    @Override
    public List<Part> parts() {
        return List.of(
                Part.of(
                                "appointment",
                                "appointment_id",
                                Field.of("person", "s.person_id"),
                                Field.of("body", "s.body_id"),
                                Field.of("post", "s.post"),
                                Field.of("estate", "s.estate_id"),
                                Field.of("full_time", "coalesce(s.full_time, true)", "full_time"),
                                Field.of("during", "s.during", "until"))
                        .counted(),
                Part.of(
                                "appointment_change",
                                "change_id",
                                Field.of("appointment", "s.appointment_id"),
                                Field.of("verb", "case s.p0 when 'c' then 'appointed' else 'corrected' end"),
                                Field.of("day", "s.since"),
                                Field.of("detail", "case s.p0 when 'u' then s.was else '{}' end"),
                                Field.of("account", Sheet.AUTHOR),
                                Field.of("at", Sheet.NOW))
                        .when("s.p0 in ('c', 'u')")
                        .trail(
                                Field.of("verb", "'taken_back'"),
                                Field.of("detail", "'{}'::jsonb"),
                                Field.of("account", ":account"),
                                Field.of("at", Sheet.NOW)),
                AdviserParts.PART);
    }

    @Override
    public String export() {
        return """
                select coalesce(p.code, '#' || p.id), null::text, p.masked_name, coalesce(c.credit_code, b.code, '#' || b.id), t.post, e.code, e.community, e.name,
                       t.full_time, lower(t.during), upper(t.during) - 1
                from appointment t
                         join person p on p.id = t.person
                         join body b on b.id = t.body
                         left join company c on c.body = b.id
                         left join estate e on e.id = t.estate
                where exists (select from unnest(cast(:areas as text[])) a where starts_with(coalesce(e.community, b.area), a))
                order by b.area, b.id, t.id
                """;
    }
}
