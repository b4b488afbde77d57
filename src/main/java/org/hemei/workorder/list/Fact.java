package org.hemei.workorder.list;

import org.hemei.workorder.OrderState;
import org.jspecify.annotations.Nullable;

/**
 * A fact about an order that some figure counts. The figure and the list behind it use the same condition, so they agree.
 */
public enum Fact {
    OPEN("没办完", "o.state in (" + OrderState.OPEN_SQL + ")"),
    /** A step that somebody on duty owes is past its deadline; waiting for a rating is nobody's delay. */
    OVERDUE("超时没办", "o.state in (" + OrderState.OWED_SQL + ") and o.due_at < :now"),
    /** Ended after something was done or said; rejected, merged and withdrawn ones ended without. */
    DONE("办结", "o.state in ('closed', 'closed_unrated', 'answered')"),
    /** Counted in the response rate: the clock for the first contact started and has been answered or has run out. */
    CONTACT_COUNTED(
            "计入响应率",
            "o.contact_due is not null and " + Sql.HANDLED + ""
                    + " and (o.contacted_at is not null or o.contact_due < :now)"),
    CONTACTED("按时联系", CONTACT_COUNTED.condition + " and o.contacted_at <= o.contact_due and not o.contact_denied"),
    CONTACT_MISSED(
            "没按时联系",
            CONTACT_COUNTED.condition
                    + " and (o.contacted_at is null or o.contacted_at > o.contact_due or o.contact_denied)"),
    /** The last rating of each order counts: an order that was reopened and then solved is solved. */
    RATED("有有效评价", Sql.LAST + "is not null"),
    SOLVED("居民说解决了", Sql.LAST),
    UNSOLVED("居民说没解决", "not " + Sql.LAST),
    /** Four or five of five; three is neither. */
    SATISFIED("居民满意", Sql.LAST_STARS + ">= 4"),
    NOT_SATISFIED("居民不满意或一般", Sql.LAST_STARS + "< 4"),
    /** Left out of the rates over ratings, and never counted as satisfied. */
    UNRATED("到期没评价", "o.state = 'closed_unrated'"),
    /** Left out of the response rate. */
    NOT_HANDLED("不予受理、直接答复、合并、撤单、移交", "not (" + Sql.HANDLED + ")"),
    /** 二次交办: the resident said it was not solved, and it is still being worked on. */
    REOPENED("说没解决、还在重办", OPEN.condition + " and o.round > 1"),
    AGE_1("没办完，点单不到 1 天", Sql.age(null, 1)),
    AGE_3("没办完，点单 1—3 天", Sql.age(1, 3)),
    AGE_7("没办完，点单 3—7 天", Sql.age(3, 7)),
    AGE_15("没办完，点单 7—15 天", Sql.age(7, 15)),
    AGE_30("没办完，点单 15—30 天", Sql.age(15, 30)),
    AGE_MORE("没办完，点单超过 30 天", Sql.age(30, null)),
    /** Went past a deadline since the beginning of yesterday, and is still not done. */
    LATE_SINCE_YESTERDAY("昨天以来超时、还没办的", OVERDUE.condition + " and o.due_at >= " + Sql.YESTERDAY);

    private static final class Sql {
        /** The mechanism is answerable for what came of it. */
        static final String HANDLED = "o.state not in ("
                + OrderState.sql(state -> switch (state) {
                    case REJECTED, ANSWERED, MERGED, WITHDRAWN, TRANSFERRED -> true;
                    default -> false;
                })
                + ")";

        static final String LAST = """
                (select r.solved from work_order_rating r where r.district = o.district and r.order_id = o.id
                 order by r.round desc, r.at desc limit 1) """;
        static final String LAST_STARS = LAST.replace("r.solved", "r.satisfied");

        /** The beginning of yesterday by the civil calendar. */
        static final String YESTERDAY = "date_trunc('day', cast(:now as timestamptz) at time zone 'Asia/Shanghai'"
                + " - interval '1 day') at time zone 'Asia/Shanghai'";

        /** Open for longer than so many days, and not longer than so many. */
        static String age(@Nullable Integer over, @Nullable Integer upTo) {
            return OPEN.condition
                    + (over == null ? "" : " and " + filed("<", over))
                    + (upTo == null ? "" : " and " + filed(">=", upTo));
        }

        private static String filed(String compare, int days) {
            return "o.submitted_at %s cast(:now as timestamptz) - interval '%d days'".formatted(compare, days);
        }
    }

    private final String words;
    private final String condition;

    Fact(String words, String condition) {
        this.words = words;
        this.condition = condition;
    }

    public String words() {
        return words;
    }

    /** On {@code work_order o}; may use {@code :now}. */
    public String condition() {
        return condition;
    }

    /**
     * The same for a statement over very many orders that has joined each order's last rating itself.
     *
     * @param rating alias of a row with {@code solved} and {@code satisfied}, null where nobody rated
     */
    public String condition(String rating) {
        return condition.replace(Sql.LAST, rating + ".solved ").replace(Sql.LAST_STARS, rating + ".satisfied ");
    }

    public String code() {
        return name().toLowerCase(java.util.Locale.ROOT);
    }
}
