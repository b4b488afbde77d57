package org.hemei.evaluation.news;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.hemei.platform.notice.NoticeKinds;
import org.springframework.stereotype.Component;

/** The news of evaluation as kinds of notice, with the words they come with. */
@Component
class EvaluationKinds implements NoticeKinds {

    private static final Topic ASKED = new Topic("evaluation_work", "要您办的测评", "打分、看现场、答复异议", false, false).onDuty();
    private static final Topic RESULT = new Topic("evaluation_result", "测评的结果和答复", "公示、异议答复、得分更正", false, false);

    private static final Map<String, String> PLACES = places();

    private static Map<String, String> places() {
        Map<String, String> places = new LinkedHashMap<>();
        places.put("campaign", "2026 年物业服务测评");
        places.put("estate", "和平花园");
        places.put("company", "安居物业");
        places.put("until", "12月20日");
        places.put("count", "3");
        places.put("was", "原来是 62.50 分（合格）");
        places.put("now", "58.20 分（不合格）");
        places.put("year", "2026");
        places.put("result", "不合格");
        places.put("why", "依据审计结论：数错了");
        places.put("next", "连续两年不合格的会提出列入黑名单，列入以前另有告知，可以陈述申辩。");
        return places;
    }

    /** Event, what it is called, to whom, what they are called, title, text. */
    private static final String[][] ALL = {
        {"campaign.open", "测评开始", "assessor", "测评员", "有 {count} 个小区等您看", "{campaign}开始了，请看完、报上来，到 {until}为止。"},
        {"campaign.open", "测评开始", "territory", "街道、社区", "请给物业打分", "{campaign}开始了，您地界里的小区都要打，到 {until}为止都能改。"},
        {"campaign.owed", "测评快到期", "assessor", "测评员", "还有 {count} 个小区等您看", "{campaign}，{until}截止。来不了的，请告诉办测评的换人。"},
        {"campaign.owed", "测评快到期", "territory", "街道、社区", "还有 {count} 个小区等您打分", "{campaign}，{until}截止。没打的，这个小区这次不评定。"},
        {"campaign.compute", "初评算好", "keeper", "办测评的市、区", "初评算好了，请看一遍", "{campaign}，{until}起公示。当天或过了才算好的，看过再点公示。"},
        {"campaign.publish", "初评公示", "company", "物业企业", "初评公示了，有异议可以提", "{campaign}，到 {until}为止都能提，提异议不会扣分。"},
        {"objection.file", "企业提异议", "keeper", "办测评的市、区", "有一件测评异议等答复", "{company}，{estate}。请书面答复，到 {until}为止；打过分的人不能答复。"
        },
        {
            "objection.entered",
            "录入书面异议",
            "company",
            "物业企业",
            "您书面交来的测评异议录入了",
            "{estate}。书面答复到 {until}为止；写得和材料不一样的，请告诉办测评的。"
        },
        {"objection.withdraw", "企业撤回异议", "keeper", "办测评的市、区", "测评异议撤回了，不用再答复", "{company}，{estate}。"},
        {"objection.taken_back", "录入书面撤回", "company", "物业企业", "您书面撤回测评异议，录入了", "{estate}。没有撤回过的，请告诉办测评的，可以恢复。"},
        {"objection.restored", "撤回录错了，恢复异议", "company", "物业企业", "您的测评异议恢复了，等答复", "{estate}。书面撤回录错了；答复到 {until}为止。"},
        {
            "objection.restored",
            "撤回录错了，恢复异议",
            "keeper",
            "办测评的市、区",
            "有一件测评异议恢复了，等答复",
            "{company}，{estate}。书面撤回录错了。请书面答复，到 {until}为止；打过分的人不能答复。"
        },
        {"objection.uphold", "异议成立", "company", "物业企业", "您提的测评异议成立，得分改了", "{estate}，答复和新的得分都在里面。"},
        {
            "objection.uphold_same",
            "异议成立，得分没有变",
            "company",
            "物业企业",
            "您提的测评异议成立",
            "{estate}，答复在里面。得分这次没有变；对合同的，办测评的照更正了的登记再改得分，改好以前不定终评。"
        },
        {"objection.refuse", "异议不成立", "company", "物业企业", "您提的测评异议不成立，得分不变", "{estate}，理由在答复里。"},
        {"score.corrected", "更正得分", "company", "物业企业", "您的小区得分更正了", "{campaign}，{estate}。依据和原因在得分页，旧的一版也留着。"},
        {"score.corrected", "更正得分", "territory", "街道、社区", "您地界里有个小区得分更正了", "{campaign}，{estate}，{company}。依据和原因在得分页。"},
        {
            "score.reopened",
            "公示以后改低、新算给您的得分",
            "company",
            "物业企业",
            "您的小区得分改了，可以提异议",
            "{campaign}，{estate}：{was}，现在 {now}。{until}为止都能提：打开得分页看为什么改，点“提异议”。过了才算数。"
        },
        {
            "score.reopened",
            "公示以后改低、新算给企业的得分",
            "territory",
            "街道、社区",
            "您地界里有个小区的得分有改动，在听取企业意见",
            "{campaign}，{estate}，{company}。过了企业提异议的日子、异议都答复了才算数；改成了什么、为什么，在得分页。"
        },
        {"score.held", "听取意见的改动定了", "company", "物业企业", "您的小区改过的得分定了", "{campaign}，{estate}。为什么改、怎么算的，在得分页，旧的一版也留着。"},
        {"score.held", "听取意见的改动定了", "territory", "街道、社区", "您地界里有个小区改过的得分定了", "{campaign}，{estate}，{company}。为什么改，在得分页。"
        },
        {
            "score.unserved",
            "改低的得分要书面送达",
            "keeper",
            "办测评的市、区",
            "有一个改过的得分，要书面送达企业",
            "{company}，{estate}：没有人能登录，送达以后才开始算异议期。送达了请记在“书面往来”里。"
        },
        {
            "campaign.conclude",
            "定终评",
            "company",
            "物业企业",
            "终评定了：{result}",
            "{campaign}，{company}。每个分怎么来的，在得分页一项一项看得到。{next}"
        },
        {"year.final", "企业的年度结果", "company", "物业企业", "{year} 年的测评结果定了：{now}", "{company}。由哪些小区、怎么合成的，点开就能看。{next}"},
        {"year.corrected", "年度结果更正", "company", "物业企业", "{year} 年的测评结果改了：{now}", "{company}，{was}。为什么改：{why}。{next}"},
        {"ballots.voided", "票箱作废", "company", "物业企业", "您的小区这次的票作废了", "{estate}。票箱打不开，一张都不算；不再投一次的，这次不评定。"},
        {"ballots.voided", "票箱作废", "territory", "街道、社区", "您地界里有个小区的票作废了", "{estate}。票箱打不开，一张都不算；不再投一次的，这次不评定。"},
        {"ballots.voided_again", "再投的票箱作废", "company", "物业企业", "您的小区再投的票也作废了", "{estate}。票箱又打不开，一张都不算；不再投，这次不评定。"},
        {"ballots.voided_again", "再投的票箱作废", "territory", "街道、社区", "您地界里有个小区再投的票也作废了", "{estate}。票箱又打不开，一张都不算；不再投，这次不评定。"
        },
        {"campaign.again", "再投一次", "company", "物业企业", "您的小区要再投一次票", "{campaign}，{estate}。上次的票箱打不开，请原来抽中的住户再投，{until}截止。"
        },
        {
            "campaign.again",
            "再投一次",
            "territory",
            "街道、社区",
            "您地界里有个小区要再投一次票",
            "{campaign}，{estate}。上次的票箱打不开，请原来抽中的住户再投，{until}截止。"
        },
        {"inspection.given", "后来分的小区", "assessor", "测评员", "又有 {count} 个小区等您看", "{campaign}，分给您了，请看完、报上来，{until}截止。"},
        {"inspection.handed", "换人看", "assessor", "换下的测评员", "有 {count} 个小区换给别人看了", "{campaign}，不用您再看。您看过的照算。"},
        {"inspection.ended", "测评员授权到期", "assessor", "换下的测评员", "有 {count} 个小区不用您看了", "{campaign}，您的测评员授权到期或停了。您看过的照算。"},
        {
            "inspection.without",
            "授权到期后没人看",
            "keeper",
            "办测评的市、区",
            "有 {count} 个小区没有测评员看了",
            "{campaign}，测评员的授权到期或停了，找不到别人。请增加测评员。"
        },
        {"tally.wrong", "票数和封存的对不上", "keeper", "办测评的市、区", "票数和封存的对不上，初评算不了", "{campaign}。请系统管理员查审计日志、核对备份；对上以后自己接着算。"},
        {"contract.differs", "合同登记更正", "keeper", "办测评的市、区", "有项目的合同登记更正了，得分要您核对", "{campaign}，{count} 个项目的合同和算分时不一样。"},
        {
            "correction.asked",
            "提出更正得分",
            "keeper",
            "办测评的市、区",
            "有同事提出更正一个得分，请另一位定",
            "{campaign}。这一件要两个人定，在测评的页面上；和企业有关系的不行。"
        },
        {"correction.done", "同意更正得分", "asker", "提出更正的同事", "您提出的得分更正，另一位同事同意了", "{campaign}。得分出了新的一版。"},
        {"correction.denied", "不同意更正得分", "asker", "提出更正的同事", "您提出的得分更正，另一位同事没有同意", "{campaign}。为什么，在“更正得分”里。"},
        {"conflict.found", "查出要回避", "assessor", "测评员", "查出您和一家企业有关系，它的小区您看的不算", "{company}。怎么查出来的，写在“现场检查”里。"},
        {
            "conflict.asked",
            "公示以后查出回避",
            "assessor",
            "测评员",
            "有人提出您该回避一家企业，请说明",
            "{company}。{until}为止可以在“现场检查”里说明；说明以前，您看过的照算。"
        },
        {"conflict.answered", "测评员说明了", "keeper", "办测评的市、区", "测评员说明了，请定他看的算不算", "{company}。他的说明在“测评员的回避”里。"},
        {"conflict.entered", "录入书面说明", "assessor", "测评员", "您书面交来的说明录入了", "{company}。写得和您交的不一样的、没有交过的，定以前可以在“现场检查”里自己说明。"
        },
        {"conflict.struck", "定了要回避", "assessor", "测评员", "定了：一家企业的小区，您看过的不算", "{company}。为什么，写在“现场检查”里。"},
        {"conflict.kept", "定了不用回避", "assessor", "测评员", "定了：您看过的照算", "{company}。有人提出您该回避，定了照算。为什么，写在“现场检查”里。"},
        {"conflict.given", "有人回避", "successor", "接手的测评员", "有小区换给您看", "原来的测评员要回避{company}。请在“现场检查”里看。"},
        {"conflict.without", "回避后没人看", "keeper", "办测评的市、区", "有 {count} 个小区没有测评员看了", "测评员要回避{company}，找不到别人。请增加测评员。"},
    };

    private static final List<Kind> KINDS =
            Arrays.stream(ALL).map(EvaluationKinds::kind).toList();

    private static Kind kind(String[] rule) {
        var words = new Words(rule[4], rule[5]);
        return new Kind(
                "evaluation." + rule[0],
                rule[1],
                rule[2],
                rule[3],
                rule[2].equals("company")
                                || rule[0].startsWith("score.") && rule[2].equals("territory")
                                || rule[0].startsWith("ballots.voided")
                        ? RESULT
                        : ASKED,
                false,
                Map.of(Channel.INBOX, words, Channel.MAIL, new Words("和美：" + rule[4], rule[5])),
                List.of(Channel.INBOX, Channel.MAIL),
                PLACES);
    }

    @Override
    public List<Kind> kinds() {
        return KINDS;
    }

    Kind of(String event, String who) {
        return KINDS.stream()
                .filter(kind ->
                        kind.event().equals("evaluation." + event) && kind.who().equals(who))
                .findFirst()
                .orElseThrow();
    }
}
