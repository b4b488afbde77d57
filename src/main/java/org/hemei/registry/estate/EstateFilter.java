package org.hemei.registry.estate;

import java.util.Map;
import org.hemei.platform.db.Where;
import org.hemei.platform.web.Address;
import org.hemei.registry.EstateKinds;
import org.jspecify.annotations.Nullable;

/**
 * Which estates: read from the address, so anything may stand there; what makes no sense is left out.
 *
 * @param company yes or no (a contract today), backstop (none, and of the kinds that the community's team serves), or the id of one company;
 *     empty for all
 * @param missing year, area, phone, buildings, units, facilities or any: what is not filled in yet
 * @param gone those that were struck off, and no others
 */
public record EstateFilter(@Nullable String area, String q, String kind, String company, String missing, boolean gone) {

    private static final int LONGEST = 40;

    public static EstateFilter of(Map<String, String> query) {
        var area = query.getOrDefault("area", "");
        var kind = query.getOrDefault("kind", "");
        var company = query.getOrDefault("company", "");
        var missing = query.getOrDefault("missing", "");
        var q = query.getOrDefault("q", "").strip();
        return new EstateFilter(
                area.matches("\\d{4}|\\d{6}|\\d{9}|\\d{12}") ? area : null,
                q.length() > LONGEST ? q.substring(0, LONGEST) : q,
                EstateView.KINDS.contains(kind) ? kind : "",
                company.matches("yes|no|backstop|\\d{1,18}") ? company : "",
                missing.matches("year|area|phone|buildings|units|facilities|any") ? missing : "",
                query.getOrDefault("gone", "").equals("yes"));
    }

    public boolean narrows() {
        return area != null || !q.isEmpty() || !kind.isEmpty() || !company.isEmpty() || !missing.isEmpty() || gone;
    }

    public Address on(String path) {
        return Address.of(path)
                .with("area", area)
                .with("q", q)
                .with("kind", kind)
                .with("company", company)
                .with("missing", missing)
                .with("gone", gone ? "yes" : "");
    }

    /** Adds its conditions on {@code estate e}; needs :today. */
    void limit(Where where) {
        where.and(gone ? "e.until is not null" : "e.until is null");
        if (area != null) {
            where.and("e.community like :under", "under", area + "%");
        }
        if (!q.isEmpty()) {
            where.and("position(:q in e.name) > 0 or position(:q in coalesce(e.alias, '')) > 0", "q", q);
        }
        if (!kind.isEmpty()) {
            where.and(":kind = any(e.kinds)", "kind", kind);
        }
        switch (company) {
            case "" -> {}
            case "yes" -> where.and("exists (select from contract x where x.estate = e.id and x.during @> :today)");
            case "no" -> where.and("not exists (select from contract x where x.estate = e.id and x.during @> :today)");
            case "backstop" ->
                where.and(
                        "e.kinds && cast(:backstopped as text[])"
                                + " and exists (select from body t left join body_area ta on ta.body = t.id and ta.during @> :today"
                                + " where t.kind = 'backstop_team' and coalesce(ta.area, t.area) = e.community"
                                + " and t.since <= :today and (t.until is null or t.until > :today))"
                                + " and not exists (select from contract x where x.estate = e.id and x.during @> :today)",
                        "backstopped",
                        EstateKinds.BACKSTOPPED.toArray(String[]::new));
            default ->
                where.and(
                        "exists (select from contract x where x.estate = e.id and x.during @> :today and x.company = :company)",
                        "company",
                        Long.valueOf(company));
        }
        if (!missing.isEmpty()) {
            where.and(EstateLists.MISSING.entrySet().stream()
                    .filter(gap -> missing.equals("any") || gap.getKey().equals(missing))
                    .map(Map.Entry::getValue)
                    .collect(java.util.stream.Collectors.joining("\n or ")));
        }
    }
}
