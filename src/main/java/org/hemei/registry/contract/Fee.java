package org.hemei.registry.contract;

import org.hemei.platform.web.Form;
import org.jspecify.annotations.Nullable;

/** A property fee as people write it, yuan for each square metre and month, kept in fen. */
public final class Fee {

    private Fee() {}

    /** Null when nothing was written, and when it was wrong, which the form then says. */
    public static @Nullable Integer read(Form form, String name) {
        var text = form.get(name);
        if (text.isEmpty()) {
            return null;
        }
        if (text.matches("\\d{1,2}(\\.\\d{1,2})?")) {
            var dot = text.indexOf('.');
            var yuan = Integer.parseInt(dot < 0 ? text : text.substring(0, dot));
            var rest = dot < 0 ? "" : text.substring(dot + 1);
            var fen = yuan * 100 + (rest.isEmpty() ? 0 : Integer.parseInt(rest.length() == 1 ? rest + "0" : rest));
            if (fen > 0) {
                return fen;
            }
        }
        form.wrong(name, "请填每平米每月多少元，例如 1.60；没定就不填。");
        return null;
    }
}
