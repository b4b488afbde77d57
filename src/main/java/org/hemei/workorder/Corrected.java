package org.hemei.workorder;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a step of 更正 changed, in the names of today, for whoever reads the history. */
public final class Corrected {

    /** Columns for {@link #words}, of step s. */
    public static final String COLUMNS = """
            (select c.name from category c where c.code = s.detail ->> 'category_was') as category_was,
            (select c.name from category c where c.code = s.detail ->> 'category') as category_is,
            s.detail ->> 'urgency_was' as urgency_was, s.detail ->> 'urgency' as urgency_is,
            s.verb = 'correct' and jsonb_exists(s.detail, 'building') as building_changed,
            (select b.name from building b where b.id = cast(s.detail ->> 'building_was' as bigint)) as building_was,
            (select b.name from building b where b.id = cast(s.detail ->> 'building' as bigint)) as building_is,
            s.verb = 'correct' and jsonb_exists(s.detail, 'unit') as unit_changed,
            (select u.name from unit u where u.id = cast(s.detail ->> 'unit_was' as bigint)) as unit_was,
            (select u.name from unit u where u.id = cast(s.detail ->> 'unit' as bigint)) as unit_is
            """;

    private Corrected() {}

    /** 分类：电梯有异响 → 电梯困人. @param hideUnit from whoever must not know whose door it is */
    public static List<String> words(ResultSet r, boolean hideUnit) throws SQLException {
        var words = new ArrayList<String>();
        if (r.getString("category_was") != null) {
            words.add("分类：" + r.getString("category_was") + " → " + r.getString("category_is"));
        }
        if (r.getString("urgency_was") != null) {
            words.add("紧急程度：" + urgency(r.getString("urgency_was")) + " → " + urgency(r.getString("urgency_is")));
        }
        if (r.getBoolean("building_changed")) {
            words.add("楼栋：" + or(r.getString("building_was"), "公共地方") + " → " + or(r.getString("building_is"), "公共地方"));
        }
        if (r.getBoolean("unit_changed") && !hideUnit) {
            words.add("门牌：" + or(r.getString("unit_was"), "公共部位") + " → " + or(r.getString("unit_is"), "公共部位"));
        }
        return List.copyOf(words);
    }

    private static String urgency(String code) {
        return Urgency.of(code).words();
    }

    private static String or(@Nullable String name, String otherwise) {
        return name == null ? otherwise : name;
    }
}
