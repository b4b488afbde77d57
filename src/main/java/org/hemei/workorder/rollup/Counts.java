package org.hemei.workorder.rollup;

import java.sql.ResultSet;
import java.sql.SQLException;

/**
 * How many orders of some place and time have each {@link org.hemei.workorder.list.Fact}.
 *
 * @param done of those closed in the time; all others of those filed in it
 * @param contactCounted the whole of the response rate, {@code contacted} its part
 * @param rated the whole of the rates of resolution and satisfaction
 * @param unrated closed without a word, never counted as satisfied
 * @param notHandled rejected, answered, merged, withdrawn or handed on
 */
public record Counts(
        int filed,
        int open,
        int overdue,
        int reopened,
        int done,
        int contactCounted,
        int contacted,
        int rated,
        int solved,
        int satisfied,
        int unrated,
        int notHandled) {

    public static final Counts NONE = new Counts(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0);

    static Counts of(ResultSet r, int n) throws SQLException {
        return new Counts(
                r.getInt("filed"),
                r.getInt("open"),
                r.getInt("overdue"),
                r.getInt("reopened"),
                r.getInt("done"),
                r.getInt("contact_counted"),
                r.getInt("contacted"),
                r.getInt("rated"),
                r.getInt("solved"),
                r.getInt("satisfied"),
                r.getInt("unrated"),
                r.getInt("not_handled"));
    }

    public Counts plus(Counts more) {
        return new Counts(
                filed + more.filed,
                open + more.open,
                overdue + more.overdue,
                reopened + more.reopened,
                done + more.done,
                contactCounted + more.contactCounted,
                contacted + more.contacted,
                rated + more.rated,
                solved + more.solved,
                satisfied + more.satisfied,
                unrated + more.unrated,
                notHandled + more.notHandled);
    }

    /** The same with what is open, overdue and reopened taken from other counts: those of now, whenever they were filed. */
    public Counts standing(Counts now) {
        return new Counts(
                filed,
                now.open,
                now.overdue,
                now.reopened,
                done,
                contactCounted,
                contacted,
                rated,
                solved,
                satisfied,
                unrated,
                notHandled);
    }

    /** Orders whose clock for the first contact has not started or still runs. */
    public int notYetCounted() {
        return Math.max(0, filed - contactCounted - notHandled);
    }

    public int notYetRated() {
        return Math.max(0, filed - rated - unrated);
    }
}
