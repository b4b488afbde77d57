package org.hemei.evaluation.campaign;

import java.util.Locale;
import org.hemei.platform.Chip;

/** Where a campaign stands. How it moves is {@link CampaignVerb}. */
public enum CampaignState {
    PLANNED("方案发布", "wait", "doc"),
    DRAWN("抽好样本", "wait", "people"),
    SEALED("样本锁定", "wait", "lock"),
    COLLECTING("测评中", "go", "inbox"),
    REVIEW("数据复核", "go", "search"),
    PRELIMINARY("初评", "go", "chart"),
    OBJECTION("公示、异议", "wait", "clock"),
    FINAL("终评", "ok", "check"),
    CANCELLED("取消了", "", "cross");

    private final Chip chip;

    CampaignState(String words, String tone, String icon) {
        this.chip = new Chip(words, tone, icon);
    }

    public String words() {
        return chip.words();
    }

    public Chip chip() {
        return chip;
    }

    public String code() {
        return name().toLowerCase(Locale.ROOT);
    }

    static CampaignState of(String code) {
        return valueOf(code.toUpperCase(Locale.ROOT));
    }
}
