package org.hemei.workorder.hotline;

import java.util.List;
import org.hemei.platform.privacy.PersonalData;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** What somebody told the hotline, found by their phone; and what an import keeps of it. */
@Component
class HotlineData implements PersonalData {

    private static final String OWN = "(select p.phone_index from person p where p.id = ?)";

    private final JdbcClient jdbc;

    HotlineData(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    @Override
    public int order() {
        return 45;
    }

    @Override
    public List<Section> held(long person) {
        var entries = jdbc.sql("select number, received_on from hotline_case where caller_phone_index = " + OWN
                        + " order by received_on desc, id desc limit 200")
                .param(person)
                .query((r, n) -> new Entry(r.getString(1), r.getString(2) + " 打给 12345，内容和电话加密保存"))
                .list();
        return entries.isEmpty()
                ? List.of()
                : List.of(new Section("您打给 12345 的", "把热线转来的事办好", "办结或退回热线后，过了本地定的保存期（默认 2 年）就删；可以请求先删", entries));
    }

    /** The number of the hotline stays; what was said, by whom and from where goes, out of the record of the import as well. */
    @Override
    public void erase(long person, boolean inOffice) {
        erase(jdbc.sql("select id from hotline_case where caller_phone_index = " + OWN)
                .param(person)
                .query(Long.class)
                .list());
    }

    void erase(List<Long> cases) {
        jdbc.sql("""
                        update import_change i set after = i.after - x.words, before = (i.before - x.words) || '{"place": ""}'
                        from (values (array['words_cipher', 'caller_name_cipher', 'caller_masked', 'caller_phone_index',
                                            'caller_phone_cipher', 'place'])) x (words)
                        where i.tab = 'hotline_case' and i.row_id = any(?)
                        """)
                .params((Object) cases.stream().map(String::valueOf).toArray(String[]::new))
                .update();
        jdbc.sql("""
                        update hotline_case set words_cipher = null, caller_name_cipher = null, caller_masked = null,
                                                caller_phone_cipher = null, place = '', caller_phone_index = null
                        where id = any(?)
                        """).params((Object) cases.toArray(Long[]::new)).update();
    }
}
