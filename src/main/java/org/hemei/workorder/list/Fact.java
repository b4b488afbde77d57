package org.hemei.workorder.list;

import org.hemei.workorder.OrderState;
import org.jspecify.annotations.Nullable;

/**
 * A fact about an order that some figure counts. The figure and the list behind it use the same condition, so they agree.
 * How orders count in the three rates is no fact of this kind: see {@link org.hemei.workorder.measure.RateSql}.
 */
public enum Fact {
    OPEN("没办完", "o.state in (" + OrderState.OPEN_SQL + ")"),
    /** A step that somebody on duty owes, or the first contact, is past its deadline; waiting for a rating is nobody's delay. */
    OVERDUE("超时没办", "o.state in (" + OrderState.OWED_SQL + ") and o.falls_due < :now"),
    /** Ended after something was done or said; rejected, merged and withdrawn ones ended without. */
    DONE("办结", "o.state in ('closed', 'closed_unrated', 'answered')"),
    /** 二次交办: the resident said it was not solved, and it is still being worked on. */
    REOPENED("说没解决、还在重办", OPEN.condition + " and o.round > 1"),
    AGE_1("没办完，点单不到 1 天", Sql.age(null, 1)),
    AGE_3("没办完，点单 1—3 天", Sql.age(1, 3)),
    AGE_7("没办完，点单 3—7 天", Sql.age(3, 7)),
    AGE_15("没办完，点单 7—15 天", Sql.age(7, 15)),
    AGE_30("没办完，点单 15—30 天", Sql.age(15, 30)),
    AGE_MORE("没办完，点单超过 30 天", Sql.age(30, null)),
    /** Went past a deadline since the beginning of yesterday, and is still not done. */
    LATE_SINCE_YESTERDAY("昨天以来超时、还没办的", OVERDUE.condition + " and o.falls_due >= " + Sql.YESTERDAY),
    UNSOLVED_SINCE_YESTERDAY(
            "昨天以来居民说没解决的",
            REOPENED.condition
                    + " and exists (select from work_order_step s where s.district = o.district and s.order_id = o.id"
                    + " and s.verb = 'reopen' and s.at >= " + Sql.YESTERDAY + Sql.LOOKED_UP),
    SUPERVISED_SINCE_YESTERDAY(
            "昨天以来督办的",
            OPEN.condition
                    + " and o.supervised and exists (select from supervision v where v.district = o.district and v.order_id = o.id"
                    + " and v.state in ('open', 'answered') and v.opened_at >= " + Sql.YESTERDAY + Sql.LOOKED_UP);

    private static final class Sql {
        /** The beginning of yesterday by the civil calendar. */
        static final String YESTERDAY = "date_trunc('day', cast(:now as timestamptz) at time zone 'Asia/Shanghai'"
                + " - interval '1 day') at time zone 'Asia/Shanghai'";

        /** Ends an exists that is one look-up for each order that is left, and never a join with all there are. */
        static final String LOOKED_UP = " offset 0)";

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

    /** Whether nothing that has ended is meant. */
    boolean onlyOpen() {
        return this != DONE;
    }

    public String code() {
        return name().toLowerCase(java.util.Locale.ROOT);
    }
}
