package org.hemei.evaluation.listing;

import java.time.LocalDate;
import org.hemei.platform.time.CivilTime;
import org.jspecify.annotations.Nullable;

/** Where a case stands, in a sentence: whose turn it is, and what happens without anybody's. */
final class ListingTurn {

    private ListingTurn() {}

    /** What happens by itself, and when; null when nothing does. */
    static @Nullable String byItself(ListingView view) {
        var listing = view.listing();
        return switch (listing.state) {
            case NOTICED ->
                listing.dueAt == null || listing.noticedOn == null
                        ? null
                        : "到 " + CivilTime.full(listing.dueAt) + "，陈述申辩期满，自动转给主管部门集体讨论。没有陈述，也照样要集体讨论，不会自动列入。";
            case LISTED, REPAIR_APPLIED, REPAIR_VERIFIED ->
                listing.mostLast == null ? null : "到 " + day(listing.mostLast) + " 为止，过后自动停止公示，什么限制都不再有。";
            default -> null;
        };
    }

    private static String day(LocalDate day) {
        return CivilTime.day(day);
    }

    private static String record(ListingView view) {
        if (view.contestedAgain()) {
            return "。重新记过，还有成员说不对。表决的 " + view.voted().voting() + " 人里过半数确认记录没错，就能送达，现在 "
                    + view.voted().confirmed() + " 人。";
        }
        return view.listing().contested ? "。有成员说表决记得不对，核对清楚才能送达。" : "，等送达。送达那天才算列入。";
    }

    private static String repairable(Listing listing) {
        return listing.leastLast == null ? "" : "从 " + day(listing.leastLast.plusDays(1)) + " 起可以申请修复，要改什么写在决定书里。";
    }

    /** Whose turn it is, in a sentence. */
    static String of(ListingView view) {
        var listing = view.listing();
        return switch (listing.state) {
            case PROPOSED ->
                listing.declineAsked == null ? "两年成绩都不合格，系统提出来了。列不列、告不告知，由主管部门的人定。" : "有同事提出不予告知，等另一位同意。不同意的，照常告知企业。";
            case NOTICED ->
                listing.noticedOn == null
                        ? "告知书写好了，等送达企业。从送达的第二天起算陈述申辩的期限。"
                        : "告知书 " + day(listing.noticedOn) + " 送达了，等企业陈述申辩。";
            case HEARD -> "陈述申辩期满了，等主管部门集体讨论决定。";
            case DECIDED -> "集体决定列入" + record(view);
            case LISTED ->
                (listing.suspended ? "列入了，停止执行，暂停公布。" : "列入中。")
                        + (listing.objection == Listing.Objection.OPEN ? "企业提了异议，等没参加决定的人审查。" : repairable(listing));
            case REPAIR_APPLIED -> "企业说整改好了，等街道或主管部门去看。";
            case REPAIR_VERIFIED -> "看过了，等主管部门定能不能移出。";
            case REMOVED -> "整改好了，移出了，公示停了。";
            case EXPIRED -> "最长期限到了，公示停了。";
            case REVOKED -> "这次列入自始就是错的，已经撤销。";
            case DROPPED -> "依据的成绩变了，这件终止了，没有公示过。更正以后仍是连续两年不合格的，另提一件，从告知重新来。";
            case DECLINED -> "两位同事定了不予告知，理由在经过里。没有告知过企业，没有公示过。";
            case SPARED -> "集体讨论决定不列入。没有公示过。" + (listing.contested ? "有成员说表决记得不对，等主管部门核对。" : "");
        };
    }
}
