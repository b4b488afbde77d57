package org.hemei.evaluation.tender;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.hemei.evaluation.CompanyYears;
import org.hemei.evaluation.listing.PublicListings;
import org.hemei.platform.time.CivilTime;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/** Whether a report is what was signed, and what has changed since: the report itself never does. */
@Component
class TenderCheck {

    /** One comparison: what it is, whether it holds. */
    record Line(String what, boolean holds, String words) {}

    /** @param changed what is another now, by bidder, in words */
    record Result(List<Line> lines, List<String> changed) {

        boolean sound() {
            return lines.stream().allMatch(Line::holds);
        }
    }

    private final CompanyYears years;
    private final PublicListings listings;
    private final TenderPending pending;
    private final JdbcClient jdbc;
    private final JsonMapper json;

    TenderCheck(CompanyYears years, PublicListings listings, TenderPending pending, JdbcClient jdbc, JsonMapper json) {
        this.years = years;
        this.listings = listings;
        this.pending = pending;
        this.jdbc = jdbc;
        this.json = json;
    }

    Result of(TenderReference reference) {
        var lines = new ArrayList<Line>();
        lines.add(line(
                "签名",
                Sm2.verifies(reference.content(), reference.signature(), reference.publicKey()),
                "SM2 签名对得上：出了以后一个字没改",
                "SM2 签名对不上：内容改过"));
        lines.add(line("摘要", Sm2.sm3(reference.content()).equals(reference.sm3()), "SM3 摘要和登记的一样", "SM3 摘要和登记的不一样"));
        lines.add(line("审计记录", logged(reference), "和审计记录里的摘要、公钥一样", "和审计记录里的不一样"));
        var said = read(reference);
        lines.add(line("登记", said != null && registered(said, reference), "编号、项目和时间，和登记的一样", "编号、项目或时间，和登记的不一样"));
        return new Result(lines, said == null ? List.of() : changed(said));
    }

    private static boolean registered(TenderContent said, TenderReference reference) {
        return said.number().equals(reference.number())
                && said.tender().equals(reference.tender())
                && said.madeAt().equals(reference.madeAt().toString());
    }

    private static Line line(String what, boolean holds, String yes, String no) {
        return new Line(what, holds, holds ? yes : no);
    }

    private static @Nullable TenderContent read(TenderReference reference) {
        try {
            return reference.said();
        } catch (RuntimeException broken) {
            return null;
        }
    }

    private boolean logged(TenderReference reference) {
        return jdbc.sql("""
                select detail from audit_entry
                where subject_kind = 'tender_reference' and subject_id = ? and action = 'tender_reference.sign' order by id limit 1
                """)
                .param(reference.number())
                .query((r, n) -> json.readTree(r.getString("detail")))
                .optional()
                .filter(detail -> detail.path("sm3").asString("").equals(reference.sm3())
                        && detail.path("public_key").asString("").equals(reference.publicKey()))
                .isPresent();
    }

    private List<String> changed(TenderContent said) {
        var changed = new ArrayList<String>();
        for (var bidder : said.bidders()) {
            var company = bidder.company();
            if (company == null) {
                cameIn(bidder, changed);
                continue;
            }
            var now = years.latest(company);
            for (var year : said.years()) {
                var then = bidder.of(year);
                var today = now.stream()
                        .filter(one -> one.year() == year)
                        .findFirst()
                        .orElse(null);
                if (today != null && then == null) {
                    changed.add("%s：%d 年后来有了成绩（%s）"
                            .formatted(bidder.name(), year, today.result().words()));
                } else if (today != null && then != null && today.version() != then.version()) {
                    changed.add("%s：%d 年的成绩后来更正了，现在是第 %d 版（%s）"
                            .formatted(
                                    bidder.name(),
                                    year,
                                    today.version(),
                                    today.result().words()));
                }
            }
            bidder.listed().forEach(listed -> later(bidder, listed, changed));
            newer(bidder, company, changed);
        }
        return changed;
    }

    /** The register did not have it, and may have it by now. */
    private void cameIn(TenderContent.Bidder bidder, List<String> changed) {
        if (jdbc.sql("select exists (select from company where credit_code = ?)")
                .param(bidder.creditCode())
                .query(Boolean.class)
                .single()) {
            changed.add(bidder.name() + "：后来进了本市名册");
        }
    }

    /** Listings and reviews that the report could not know of yet, and reviews that are over. */
    private void newer(TenderContent.Bidder bidder, long company, List<String> changed) {
        var known = bidder.listed().stream().map(TenderContent.Listed::id).toList();
        for (var listed : listings.inForce(List.of(company))) {
            if (!known.contains(listed.id())) {
                var again = bidder.pending().stream().anyMatch(then -> then.endsWith(TenderPending.SUSPENDED));
                changed.add("%s：后来%s了“黑名单”（%s 起，%s）"
                        .formatted(
                                bidder.name(),
                                again ? "恢复公布" : "列入",
                                CivilTime.day(listed.since()),
                                listed.excludes() ? "不得参加投标" : "只供参考"));
            } else if (bidder.listed().stream()
                    .anyMatch(then -> then.id() == listed.id() && then.excludes() && !listed.excludes())) {
                changed.add(bidder.name() + "：限制投标的依据后来不再有效");
            }
        }
        var now = pending.of(company);
        bidder.pending().stream()
                .filter(then -> !now.contains(then))
                .forEach(then -> changed.add("%s：当时“%s”，现在%s"
                        .formatted(bidder.name(), then, then.endsWith(TenderPending.SUSPENDED) ? "不再停止执行" : "已经有结果")));
        now.stream()
                .filter(one -> !bidder.pending().contains(one))
                .forEach(one -> changed.add("%s：后来，%s".formatted(bidder.name(), one)));
    }

    private void later(TenderContent.Bidder bidder, TenderContent.Listed listed, List<String> changed) {
        var state = jdbc.sql("select state from listing where id = ?")
                .param(listed.id())
                .query(String.class)
                .optional()
                .orElse("");
        switch (state.toLowerCase(Locale.ROOT)) {
            case "revoked" -> changed.add(bidder.name() + "：列入“黑名单”后来撤销了，自始就是错的");
            case "removed" -> changed.add(bidder.name() + "：后来修复，从“黑名单”移出了");
            case "expired" -> changed.add(bidder.name() + "：后来“黑名单”到期结束了");
            default -> {}
        }
    }
}
