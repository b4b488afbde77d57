package org.hemei.registry.company;

import java.util.Map;
import org.hemei.platform.web.Address;
import org.jspecify.annotations.Nullable;

/**
 * What the list of companies is narrowed to. Read from the address, so anything may stand there: what makes no sense is
 * left out.
 *
 * @param where registered (登记在这里) or serving (在这里服务); empty for either
 * @param cover single, joint, adviser, organised (单建 or 联建), any, or none; empty for all
 * @param ended those that were struck off instead of those at work
 */
record CompanyFilter(@Nullable String area, String where, String q, String cover, boolean ended) {

    private static final int LONGEST = 40;

    static CompanyFilter of(Map<String, String> query) {
        var area = query.getOrDefault("area", "");
        var where = query.getOrDefault("where", "");
        var cover = query.getOrDefault("cover", "");
        var q = query.getOrDefault("q", "").strip();
        return new CompanyFilter(
                area.matches("\\d{4}|\\d{6}|\\d{9}|\\d{12}") ? area : null,
                where.matches("registered|serving") ? where : "",
                q.length() > LONGEST ? q.substring(0, LONGEST) : q,
                cover.matches("single|joint|adviser|organised|any|none") ? cover : "",
                "1".equals(query.get("ended")));
    }

    CompanyFilter covered(String how) {
        return new CompanyFilter(area, where, q, how, ended);
    }

    boolean narrows() {
        return area != null || !where.isEmpty() || !q.isEmpty() || !cover.isEmpty() || ended;
    }

    Address on(String path) {
        return Address.of(path)
                .with("area", area)
                .with("where", where)
                .with("q", q)
                .with("cover", cover)
                .with("ended", ended ? "1" : null);
    }
}
