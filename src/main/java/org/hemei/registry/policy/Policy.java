package org.hemei.registry.policy;

import java.net.URI;
import java.net.URISyntaxException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.hemei.platform.Refusal.Reason;
import org.jspecify.annotations.Nullable;

/**
 * A document as it is kept.
 *
 * @param area code of the area where it holds
 * @param partOf the plan or series it belongs to
 * @param validUntil first day on which it no longer holds
 * @param endedBasis by what it ended; null where it did not, where another replaced it, or nobody wrote it then
 * @param sample invented, because the real title or number is not known
 */
record Policy(
        long id,
        @Nullable String number,
        String title,
        String issuer,
        String area,
        String areaName,
        PolicyKind kind,
        @Nullable Long partOf,
        @Nullable Long supersedes,
        LocalDate issuedOn,
        LocalDate validFrom,
        @Nullable LocalDate validUntil,
        @Nullable String endedBasis,
        @Nullable String link,
        String summary,
        boolean sample,
        int version) {

    boolean holdsOn(LocalDate day) {
        return !validFrom.isAfter(day) && (validUntil == null || validUntil.isAfter(day));
    }

    Draft draft() {
        return new Draft(number, title, issuer, area, kind, partOf, supersedes, issuedOn, validFrom, link, summary);
    }

    /** What is typed of a document. */
    record Draft(
            @Nullable String number,
            String title,
            String issuer,
            String area,
            PolicyKind kind,
            @Nullable Long partOf,
            @Nullable Long supersedes,
            LocalDate issuedOn,
            LocalDate validFrom,
            @Nullable String link,
            String summary) {

        Map<String, @Nullable Object> fields() {
            var fields = new HashMap<String, @Nullable Object>();
            fields.put("number", number);
            fields.put("title", title);
            fields.put("issuer", issuer);
            fields.put("area", area);
            fields.put("kind", kind.code());
            fields.put("partOf", partOf);
            fields.put("supersedes", supersedes);
            fields.put("issuedOn", issuedOn.toString());
            fields.put("validFrom", validFrom.toString());
            fields.put("link", link);
            fields.put("summary", summary);
            return fields;
        }

        /**
         * Everything that speaks against it.
         *
         * @param own number of the document itself; 0 for a new one
         * @param older what it says it replaces
         * @param series what it says it is part of
         */
        List<Reason> reasons(long own, @Nullable Policy older, @Nullable Policy series) {
            var reasons = new ArrayList<Reason>();
            if (validFrom.isBefore(issuedOn)) {
                reasons.add(new Reason("validFrom", "施行不能早于印发。请核对两个日子。"));
            }
            if (supersedes != null && (older == null || older.id() == own)) {
                reasons.add(new Reason("supersedes", "没有这份旧文件。请重新选。"));
            } else if (older != null && older.issuedOn().isAfter(issuedOn)) {
                reasons.add(new Reason("supersedes", "被代替的文件印发得更晚。请核对。"));
            } else if (older != null && !area.startsWith(older.area())) {
                reasons.add(new Reason("supersedes", "只能代替管这个地方的文件。请重新选。"));
            }
            if (partOf != null && (series == null || series.id() == own)) {
                reasons.add(new Reason("partOf", "没有这份文件。请重新选。"));
            } else if (series != null && !series.kind().series()) {
                reasons.add(new Reason("partOf", "只能归入总体规划、“1+8”系列或行动方案。请重新选。"));
            }
            if (link != null && !web(link)) {
                reasons.add(new Reason("link", "网址要以 https:// 或 http:// 开头。请从浏览器里复制。"));
            }
            return reasons;
        }

        private static boolean web(String link) {
            try {
                var uri = new URI(link);
                return uri.getHost() != null && List.of("http", "https").contains(String.valueOf(uri.getScheme()));
            } catch (URISyntaxException e) {
                return false;
            }
        }
    }
}
