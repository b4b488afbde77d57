package org.hemei.evaluation.campaign;

import static org.hemei.evaluation.campaign.CampaignState.CANCELLED;
import static org.hemei.evaluation.campaign.CampaignState.COLLECTING;
import static org.hemei.evaluation.campaign.CampaignState.DRAWN;
import static org.hemei.evaluation.campaign.CampaignState.FINAL;
import static org.hemei.evaluation.campaign.CampaignState.OBJECTION;
import static org.hemei.evaluation.campaign.CampaignState.PLANNED;
import static org.hemei.evaluation.campaign.CampaignState.PRELIMINARY;
import static org.hemei.evaluation.campaign.CampaignState.REVIEW;
import static org.hemei.evaluation.campaign.CampaignState.SEALED;

import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** The one table of how a campaign moves. What is not in it cannot happen. */
public enum CampaignVerb {
    REFRAME("重新封存名册", "重新封存了名册", PLANNED, PLANNED),
    DRAW("抽样", "抽了样本", DRAWN, PLANNED),
    /** The seed was written down wrongly; the history keeps both, and whoever looks the number up sees which is right. */
    REDRAW("更正种子", "更正了种子，重新抽了样", DRAWN, DRAWN),
    SEAL("锁定样本", "锁定了样本", SEALED, DRAWN),
    OPEN("开始测评", "开始测评", COLLECTING, SEALED),
    CLOSE("截止", "截止了", REVIEW, COLLECTING),
    COMPUTE("算初评", "算了初评", PRELIMINARY, REVIEW, PRELIMINARY),
    AGAIN("再投一次", "请票箱作废的小区再投一次", REVIEW, REVIEW, PRELIMINARY),
    RECALL("退回复核", "退回了复核", REVIEW, REVIEW, PRELIMINARY),
    PUBLISH("公示初评", "公示了初评", OBJECTION, PRELIMINARY),
    CONCLUDE("定终评", "定了终评", FINAL, OBJECTION),
    CANCEL("取消", "取消了", CANCELLED, PLANNED, DRAWN, SEALED, COLLECTING, REVIEW, PRELIMINARY);

    private final String words;
    private final String past;
    private final CampaignState to;
    private final Set<CampaignState> from;

    CampaignVerb(String words, String past, CampaignState to, CampaignState... from) {
        this.words = words;
        this.past = past;
        this.to = to;
        this.from = Set.of(from);
    }

    public String words() {
        return words;
    }

    /** As the history tells it. */
    public String past() {
        return past;
    }

    /** The state after the verb; empty when it cannot be used now. */
    public Optional<CampaignState> after(CampaignState state) {
        return from.contains(state) ? Optional.of(to) : Optional.empty();
    }

    public String code() {
        return name().toLowerCase(Locale.ROOT);
    }

    static Optional<CampaignVerb> of(String code) {
        for (var verb : values()) {
            if (verb.code().equals(code)) {
                return Optional.of(verb);
            }
        }
        return Optional.empty();
    }
}
