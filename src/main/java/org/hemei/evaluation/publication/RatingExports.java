package org.hemei.evaluation.publication;

import java.util.List;
import org.hemei.evaluation.score.Exact;
import org.hemei.platform.transfer.ListExport;
import org.hemei.platform.transfer.ListSheets;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.access.AccessDeniedException;

/** The list of 物业得分 as a sheet; whoever has no account takes the open data. */
@Configuration(proxyBeanMethods = false)
class RatingExports {

    private static String state(Ratings.Row row) {
        return row.heard() ? "终评，有改动在听取意见" : row.isFinal() ? "终评" : "公示中";
    }

    @Bean
    ListExport ratingsExport(ListSheets sheets, Ratings ratings, Leagues leagues) {
        return sheets.of(
                "ratings",
                "物业得分",
                List.of("年份", "同类", "位次", "小区", "物业", "户数", "得分", "误差", "有效票", "结果", "公示中还是终评"),
                reader -> {
                    if (!reader.signedIn()) {
                        throw new AccessDeniedException("sheets are handed to accounts");
                    }
                },
                (reader, query, most, rows) -> {
                    var wanted = RatingPages.wanted(query, ratings);
                    var league = RatingPages.league(query, leagues.in(wanted.year(), wanted.area()));
                    for (var one : ratings.list(wanted.year(), wanted.area(), league.code(), wanted.q(), null, most)) {
                        rows.row(
                                wanted.year(),
                                one.leagueName(),
                                one.place(),
                                one.estateName(),
                                one.companyName(),
                                one.households(),
                                one.points() == null ? null : Exact.points(one.points()),
                                one.margin() == null ? null : Exact.points(one.margin()),
                                one.ballots(),
                                one.result().words(),
                                state(one));
                    }
                    rows.foot("只有同类的小区放在一起排位次，" + league.basis() + "。误差范围分不开的，位次一样。");
                });
    }
}
