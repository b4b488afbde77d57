package org.hemei.workorder.supervision;

import org.hemei.workorder.ReturnGround;
import org.hemei.workorder.SupervisionGround;

/** The lists of what is disputed, pressed for and handed on; one list a kind, all read alike. */
enum PressedKind {
    DISPUTES("退单争议", "/disputes", "物业说不归它、等着定由谁办的单子，会出现在这里。", """
            select d.district, d.id, d.order_id, d.raised_at as at, d.due_at, d.holder as body, d.ground as about,
                   coalesce(d.outcome, 'open') as state, d.number as grade, '' as said,
                   d.outcome is null and o.state = 'return_requested' as running
            from order_dispute d join work_order o on o.district = d.district and o.id = d.order_id
            """),
    SUPERVISIONS("督办", "/supervisions", "居民多次说没解决、超时太久，或街道要盯紧的单子，会出现在这里。", """
            select d.district, d.id, d.order_id, d.opened_at as at, d.due_at, o.holder as body, d.ground as about, d.state,
                   0 as grade, '' as said, d.state in ('open', 'answered') as running
            from supervision d join work_order o on o.district = d.district and o.id = d.order_id
            """),
    INSTRUCTIONS("领导批示", "/instructions", "领导在单子上批示了，由街道、区、市记下，会出现在这里。", """
            select d.district, d.id, d.order_id, d.recorded_at as at, d.due_at, d.body, d.addressee as about, d.state,
                   0 as grade, x.leader || '：' || x.words as said,
                   d.state = 'open' as running
            from leader_mark d join work_order o on o.district = d.district and o.id = d.order_id
                               join leader_mark_words x on x.district = d.district and x.mark_id = d.id
            """),
    TRANSFERS("移交", "/transfers", "提出移交、等对方答复的单子，会出现在这里。", """
            select d.district, d.id, d.order_id, d.offered_at as at, d.due_at, o.holder as body, d.target as about, d.state, d.became,
                   0 as grade, coalesce(ta.name, '') || coalesce('·' || te.name, '') as said, d.state = 'offered' as running
            from order_transfer d join work_order o on o.district = d.district and o.id = d.order_id
                     left join area ta on ta.code = d.area
                     left join estate te on d.target = 'other_estate' and te.id = cast(d.place as bigint)
            """);

    private final String words;
    private final String path;
    private final String empty;
    private final String from;

    PressedKind(String words, String path, String empty, String from) {
        this.words = words;
        this.path = path;
        this.empty = empty;
        this.from = from;
    }

    String words() {
        return words;
    }

    String path() {
        return path;
    }

    /** What will appear, on an empty list. */
    String empty() {
        return empty;
    }

    String from() {
        return from;
    }

    /** Why, or to whom. */
    String about(String code) {
        return switch (this) {
            case DISPUTES -> ReturnGround.find(code).orElse(ReturnGround.OTHER).words();
            case SUPERVISIONS -> SupervisionGround.of(code).words();
            case INSTRUCTIONS ->
                switch (code) {
                    case "holder" -> "批给处理单位";
                    case "community" -> "批给社区";
                    default -> "批给街道";
                };
            case TRANSFERS -> code.equals("other_estate") ? "转给别的小区" : "转给别处";
        };
    }

    String state(String code, int grade) {
        return switch (code) {
            case "open" -> this == DISPUTES ? (grade == 1 ? "等社区定" : "等街道裁定") : this == SUPERVISIONS ? "等答复" : "没答复";
            case "granted" -> "同意退";
            case "refused" -> "没同意";
            case "referred" -> "归外面办";
            case "ruled" -> "已裁定";
            case "answered" -> this == SUPERVISIONS ? "等街道看" : "已答复";
            case "lifted" -> "已解除";
            case "offered" -> "等对方答复";
            case "taken" -> "对方接了";
            case "declined" -> "对方没接";
            case "recalled" -> "收回了";
            default -> "单子已结束";
        };
    }
}
