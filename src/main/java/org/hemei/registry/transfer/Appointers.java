package org.hemei.registry.transfer;

import java.util.HashMap;
import org.hemei.platform.Reader;
import org.hemei.platform.ReaderOf;
import org.hemei.platform.Refusal;
import org.hemei.platform.crypto.FieldCipher;
import org.hemei.platform.transfer.Findings;
import org.hemei.registry.Office;
import org.hemei.registry.people.MayAppoint;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Who has a file of appointments written, and whether by hand they could do the same: appoint to the body, by its kind and where it stands, and say
 * who it is. Otherwise a file of numbers would tell whose they are, because whoever appoints to a body reads its people's names.
 */
@Component
class Appointers {

    private final JdbcClient jdbc;
    private final ReaderOf readers;
    private final FieldCipher cipher;

    Appointers(JdbcClient jdbc, ReaderOf readers, FieldCipher cipher) {
        this.jdbc = jdbc;
        this.readers = readers;
        this.cipher = cipher;
    }

    /** Whoever presses the button now, with the grants of now; nobody when the account has none. */
    private Reader reader() {
        return readers.of(jdbc.sql("select cast(current_setting('hemei.account') as bigint)")
                        .query(Long.class)
                        .single())
                .orElse(Reader.VISITOR);
    }

    void look(Findings findings) {
        var reader = reader();
        mayAppoint(reader, findings);
        names(reader, findings);
    }

    /** Whoever takes a file back takes posts away, or gives them back: it needs the same word over each body as loading it. */
    void mayUndo(long run) {
        var reader = reader();
        var others = jdbc
                .sql("""
                        select distinct b.id, coalesce(b.party_kind, b.kind) as kind, b.name, b.area,
                               case b.kind when 'company' then b.id else b.company end as company
                        from import_change c join body b on b.id = cast(c.after ->> 'body' as bigint)
                        where c.run = ? and c.tab = 'appointment' order by b.id
                        """)
                .param(run)
                .query((r, n) -> MayAppoint.at(
                                reader, r.getString("kind"), r.getString("area"), r.getObject("company", Long.class))
                        ? ""
                        : r.getString("name"))
                .list()
                .stream()
                .filter(name -> !name.isEmpty())
                .toList();
        if (!others.isEmpty()) {
            throw Refusal.of("“" + others.getFirst() + "”" + (others.size() > 1 ? "等 " + others.size() + " 个单位" : "")
                    + "的职务不由您任命，这次导入您不能撤销。请交给管它的人撤销。");
        }
    }

    private void mayAppoint(Reader reader, Findings findings) {
        var known = new HashMap<Long, Boolean>();
        jdbc.sql("""
                        select s.line, b.id, coalesce(b.party_kind, b.kind) as kind, b.name, b.area,
                               case b.kind when 'company' then b.id else b.company end as company
                        from stage s join body b on b.id = s.body_id left join appointment a on a.id = s.appointment_id
                        where a.id is null or :last and a.during <> s.during
                           or :time and a.full_time <> coalesce(s.full_time, true)
                        order by s.line
                        """)
                .param("last", findings.asks("until"))
                .param("time", findings.asks("full_time"))
                .withFetchSize(500)
                .query(r -> {
                    var may = known.get(r.getLong("id"));
                    if (may == null) {
                        may = MayAppoint.at(
                                reader, r.getString("kind"), r.getString("area"), r.getObject("company", Long.class));
                        known.put(r.getLong("id"), may);
                    }
                    if (!may) {
                        findings.add(r.getInt("line"), "body", "“" + r.getString("name") + "”的职务不由您任命。请交给管它的人登记。");
                    }
                });
    }

    /** A new post of somebody from elsewhere needs the name, and one that is given has to be right. The organisation department knows the cadres. */
    private void names(Reader reader, Findings findings) {
        var everybodys = reader.scope(Office.ORGANISATION);
        jdbc.sql("""
                        select s.line, b.area, p.name_cipher, p.masked_name, decode(split_part(s.name, ' ', 2), 'hex') as typed,
                               exists (select from appointment t join body tb on tb.id = t.body join importer i on starts_with(tb.area, i.area)
                                       where t.person = s.person_id) as theirs
                        from stage s join body b on b.id = s.body_id join person p on p.id = s.person_id
                        where s.appointment_id is null order by s.line
                        """).withFetchSize(500).query(r -> {
            var typed = r.getBytes("typed");
            if (typed == null) {
                if (!r.getBoolean("theirs") && !everybodys.covers(r.getString("area"))) {
                    findings.add(r.getInt("line"), "name", "请填姓名，和“人员”表里一样：这个人还没有在您这里任过职。");
                }
            } else if (another(r.getBytes("name_cipher"), typed)) {
                findings.add(r.getInt("line"), "name", "这个编号或手机号登记的是另一个人（" + r.getString("masked_name") + "）。请核对。");
            }
        });
    }

    /** Who signed in by phone only is known by the end of the number until somebody learns the name. */
    private boolean another(byte @Nullable [] registered, byte[] typed) {
        var name = registered == null ? "" : cipher.decrypt(registered);
        return !name.startsWith("尾号") && !name.equals(cipher.decrypt(typed));
    }
}
