package org.hemei.registry.transfer;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import org.hemei.platform.Reader;
import org.hemei.platform.ReaderOf;
import org.hemei.platform.Refusal;
import org.hemei.platform.Scope;
import org.hemei.platform.crypto.FieldCipher;
import org.hemei.platform.transfer.Check;
import org.hemei.platform.transfer.Column;
import org.hemei.platform.transfer.Findings;
import org.hemei.platform.transfer.Part;
import org.hemei.platform.transfer.Part.Field;
import org.hemei.platform.transfer.Sheet;
import org.hemei.registry.Office;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * 人员, found again by their code or their phone. Names and phones are encrypted before they are staged; an export masks them,
 * and what is masked or empty stays as it is.
 */
@Component
class PersonSheet implements Sheet {

    /** Whoever appoints to some body, each to those that are theirs. */
    static final Office[] OFFICES = {
        Office.COMMUNITY, Office.STREET, Office.DISTRICT, Office.CITY, Office.ORGANISATION, Office.HOUSING
    };

    private final JdbcClient jdbc;
    private final FieldCipher cipher;
    private final ReaderOf readers;

    PersonSheet(JdbcClient jdbc, FieldCipher cipher, ReaderOf readers) {
        this.jdbc = jdbc;
        this.cipher = cipher;
        this.readers = readers;
    }

    @Override
    public String key() {
        return "people";
    }

    @Override
    public String title() {
        return "人员";
    }

    @Override
    public String about() {
        return "一行是一个人，按人员编号认；没有编号，按手机号认。";
    }

    @Override
    public int order() {
        return 80;
    }

    static Column code() {
        return Column.code("code", "人员编号", "#?[0-9A-Za-z_.-]{1,40}")
                .example("RY-0001")
                .hint("您自己系统里的编号，不要用身份证号。导出里 # 开头的是系统的号，照抄就行。");
    }

    @Override
    public List<Column> columns() {
        return List.of(
                code(),
                Column.name("name", "姓名").must().example("王小明").hint("加密保存。留空或打码（王**）表示不改。"),
                Column.phone("phone", "手机号").example("13800000000").hint("加密保存。留空表示不改。"));
    }

    @Override
    public Scope scope(Reader reader) {
        return reader.scope(OFFICES);
    }

    @Override
    public AreaOf area() {
        return new AreaOf("null::text", "code");
    }

    static final List<String> FIND = Statements.found("person", "code", "person_id");
    static final String BY_PHONE = """
            update stage s set person_id = p.id from person p
            where s.person_id is null and p.phone_index = decode(split_part(s.phone, ' ', 1), 'hex')
            """;

    @Override
    public List<String> resolve() {
        return Statements.all(
                List.of(
                        "alter table stage add person_id bigint, add renamed boolean not null default false, add theirs boolean not null default false"),
                FIND,
                List.of(
                        BY_PHONE,
                        // somebody in a post of the organisation department's area: others register people and put
                        // nobody's name or number right
                        """
                update stage s set theirs = true
                where exists (select from appointment a join body b on b.id = a.body
                                       join unnest(cast('{%s}' as text[])) i (area) on starts_with(b.area, i.area)
                              where a.person = s.person_id)
                """.formatted(String.join(",", departments()))));
    }

    /** Where whoever loads the file is of the organisation department. */
    private List<String> departments() {
        var account = jdbc.sql("select cast(current_setting('hemei.account') as bigint)")
                .query(Long.class)
                .single();
        return readers
                .of(account)
                .map(reader -> reader.scope(Office.ORGANISATION).areas())
                .orElse(List.of())
                .stream()
                .filter(area -> area.matches("\\d{1,12}"))
                .toList();
    }

    @Override
    public List<Check> checks() {
        return List.of(
                new Check("code", "要填人员编号或手机号，认人靠它。", "s.code is null and s.phone is null"),
                new Check("code", "没有系统号是 {code} 的人。", "s.code like '#%' and s.person_id is null"),
                new Check("name", "新的人要填姓名，不能打码。", "s.person_id is null and s.name is null"),
                new Check(
                        "phone",
                        "这个手机号登记的是另一个人。请核对号码和编号。",
                        "exists (select from person p where p.phone_index = decode(split_part(s.phone, ' ', 1), 'hex') and p.id <> s.person_id)"),
                new Check("code", "这个人已有别的编号。请核对，或留空。", """
                        s.code not like '#%' and exists (select from person p where p.id = s.person_id and p.code <> s.code)
                        """),
                new Check("phone", "这个人不在您负责的范围里，手机号不能改。", """
                        not s.theirs and s.phone is not null and exists (
                            select from person p where p.id = s.person_id
                              and p.phone_index is distinct from decode(split_part(s.phone, ' ', 1), 'hex'))
                        """));
    }

    /** Names are compared in the clear, row by row: equal names have different ciphers. */
    @Override
    public void look(Findings findings) {
        List<Integer> renamed = new ArrayList<>();
        jdbc.sql("""
                        select s.line, s.theirs, p.name_cipher, decode(split_part(s.name, ' ', 2), 'hex')
                        from stage s join person p on p.id = s.person_id where s.name is not null order by s.line
                        """).withFetchSize(500).query(r -> {
            var known = cipher.decrypt(r.getBytes(3));
            if (known.equals(cipher.decrypt(r.getBytes(4)))) {
                return;
            }
            // who signed in by phone only is known by the end of the number until somebody learns the name
            if (!r.getBoolean(2) && !known.startsWith("尾号")) {
                findings.add(r.getInt(1), "name", "这个编号或手机号登记的是另一个人。请核对。");
            }
            renamed.add(r.getInt(1));
        });
        jdbc.sql("update stage set renamed = true where line = any(?)")
                .param(renamed.toArray(Integer[]::new))
                .update();
    }

    /** Names and numbers go back to what they were by the word of whoever may put them right, and a name that was nobody's by anybody's. */
    @Override
    public void mayUndo(long run) {
        var others = new HashSet<String>();
        jdbc.sql("""
                        select c.row_id, c.before ->> 'phone_index' is distinct from c.after ->> 'phone_index' as phone,
                               decode(substr(c.before ->> 'name_cipher', 3), 'hex') as was, decode(substr(c.after ->> 'name_cipher', 3), 'hex') as now
                        from import_change c
                        where c.run = ? and c.tab = 'person' and c.before is not null
                          and not exists (select from appointment a join body b on b.id = a.body
                                                   join unnest(cast(? as text[])) i (area) on starts_with(b.area, i.area)
                                          where a.person = cast(c.row_id as bigint))
                        """).param(run).param(departments().toArray(String[]::new)).query(r -> {
            var was = cipher.decrypt(r.getBytes("was"));
            if (r.getBoolean("phone") || !was.startsWith("尾号") && !was.equals(cipher.decrypt(r.getBytes("now")))) {
                others.add(r.getString("row_id"));
            }
        });
        if (!others.isEmpty()) {
            throw Refusal.of("有 " + others.size() + " 个人改过的姓名或手机号不由您更正，这次导入您不能撤销。请交给组织部门撤销。");
        }
    }

    @Override
    public Identity identity() {
        return new Identity("coalesce(s.person_id::text, s.code, split_part(s.phone, ' ', 1), s.line::text)", "code");
    }

    @Override
    public List<Part> parts() {
        return List.of(Part.of(
                "person",
                "person_id",
                Field.of("code", "case when s.code not like '#%' then s.code end", "code")
                        .keeping(),
                Field.of("name_cipher", "decode(split_part(s.name, ' ', 2), 'hex')", "name")
                        .differing("s.renamed")
                        .keeping(),
                Field.of("masked_name", "split_part(s.name, ' ', 3)", "name").keeping(),
                Field.of("phone_index", "decode(split_part(s.phone, ' ', 1), 'hex')", "phone")
                        .keeping(),
                Field.of("phone_cipher", "decode(split_part(s.phone, ' ', 2), 'hex')", "phone")
                        .differing("false")
                        .keeping()));
    }

    @Override
    public String export() {
        return """
                select coalesce(p.code, '#' || p.id), p.masked_name, null::text from person p
                where exists (select from appointment t join body b on b.id = t.body
                              where t.person = p.id and exists (select from unnest(cast(:areas as text[])) a where starts_with(b.area, a)))
                order by p.id
                """;
    }
}
