package org.hemei.evaluation.standing;

import java.util.List;
import java.util.Map;
import org.hemei.access.Role;
import org.hemei.evaluation.campaign.Campaign;
import org.hemei.evaluation.campaign.Campaigns;
import org.hemei.evaluation.scheme.SchemeContent;
import org.hemei.evaluation.scheme.SchemeContent.Side;
import org.hemei.evaluation.scheme.SchemeDesk;
import org.hemei.evaluation.scheme.Schemes;
import org.hemei.evaluation.score.Exact;
import org.hemei.platform.Missing;
import org.hemei.platform.Reader;
import org.hemei.platform.transfer.ListExport;
import org.hemei.platform.transfer.ListSheets;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The lists of one campaign as sheets, for whoever runs it. */
@Configuration(proxyBeanMethods = false)
class StandingExports {

    private final Campaigns campaigns;
    private final Schemes schemes;

    StandingExports(Campaigns campaigns, Schemes schemes) {
        this.campaigns = campaigns;
        this.schemes = schemes;
    }

    private static void admit(Reader reader) {
        Role.required(reader, Role.CITY, Role.DISTRICT, Role.HOUSING);
    }

    private Campaign campaign(Reader reader, Map<String, String> query) {
        var id = query.getOrDefault("campaign", "");
        return campaigns
                .find(id.matches("\\d{1,18}") ? Long.parseLong(id) : 0)
                .filter(one -> SchemeDesk.keeper(reader).covers(one.area()))
                .orElseThrow(() -> new Missing("没有这次测评，或不归您管。"));
    }

    private SchemeContent content(Campaign campaign) {
        return schemes.find(campaign.scheme()).orElseThrow().content();
    }

    @Bean
    ListExport campaignEstatesExport(ListSheets sheets, EstateStands estates) {
        return sheets.of(
                "campaign-estates",
                "测评各小区进度",
                List.of(
                        "小区", "街道", "社区", "物业", "抽中户数", "领票户数", "现场检查次数", "看完次数", "还没看的测评员", "街道打了几项", "街道要打几项",
                        "社区打了几项", "社区要打几项", "没答复的异议"),
                StandingExports::admit,
                (reader, query, most, rows) -> {
                    var campaign = campaign(reader, query);
                    var scheme = content(campaign);
                    for (var one : estates.list(campaign, scheme, EstateStands.Wanted.of(query), 0, most)) {
                        rows.row(
                                one.name(),
                                one.street(),
                                one.community(),
                                one.companies(),
                                one.eligible(),
                                one.issued(),
                                one.looks(),
                                one.looked(),
                                one.waits(),
                                one.byStreet(),
                                EstateStands.items(scheme, Side.STREET),
                                one.byCommunity(),
                                EstateStands.items(scheme, Side.COMMUNITY),
                                one.objections());
                    }
                    rows.foot(campaign.title());
                });
    }

    @Bean
    ListExport campaignScoresExport(ListSheets sheets, CampaignScores scores) {
        return sheets.of(
                "campaign-scores",
                "测评各项目得分",
                List.of("小区", "社区", "物业", "结果", "得分", "误差", "有效票", "第几版", "定了没有", "为什么没有结果"),
                StandingExports::admit,
                (reader, query, most, rows) -> {
                    var campaign = campaign(reader, query);
                    var wanted = CampaignScores.Wanted.of(query);
                    for (var one : scores.list(campaign.id(), content(campaign), wanted, "", most)) {
                        rows.row(
                                one.estate(),
                                one.community(),
                                one.company(),
                                one.result().words(),
                                one.points() == null ? null : Exact.points(one.points()),
                                one.margin() == null ? null : Exact.points(one.margin()),
                                one.ballots(),
                                one.version(),
                                one.heard() ? "听取意见，还没定" : "",
                                String.join("；", one.why()));
                    }
                    rows.foot(campaign.title() + "，" + campaign.state().words()
                            + (campaign.published() ? "" : "，还没公示，别外传"));
                });
    }
}
