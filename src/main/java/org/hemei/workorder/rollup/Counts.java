package org.hemei.workorder.rollup;

import java.sql.ResultSet;
import java.sql.SQLException;
import org.hemei.workorder.measure.Parts;
import org.hemei.workorder.measure.Rate;
import org.hemei.workorder.measure.Tallies;
import org.hemei.workorder.measure.Tally;

/**
 * How many orders of some place and time have each {@link org.hemei.workorder.list.Fact}, and how they count in the three
 * rates.
 *
 * @param done of those closed in the time; all others of those filed in it
 */
public record Counts(int filed, int open, int overdue, int reopened, int done, Tallies rates) {

    public static final Counts NONE = new Counts(0, 0, 0, 0, 0, Tallies.NONE);

    /** The columns it reads, added up. */
    static final String SUMS = """
            coalesce(sum(c.filed), 0) as filed, coalesce(sum(c.open), 0) as open, coalesce(sum(c.overdue), 0) as overdue,
            coalesce(sum(c.reopened), 0) as reopened, coalesce(sum(c.done), 0) as done, """ + " " + Parts.sums("c") + "\n";

    /** The same without the rates, where only what stands open now is wanted. */
    static final String STANDING = """
            0 as filed, coalesce(sum(c.open), 0) as open, coalesce(sum(c.overdue), 0) as overdue,
            coalesce(sum(c.reopened), 0) as reopened, 0 as done, """ + " " + Parts.each(column -> "0 as " + column.name()) + "\n";

    static Counts of(ResultSet r, int n) throws SQLException {
        return new Counts(
                r.getInt("filed"),
                r.getInt("open"),
                r.getInt("overdue"),
                r.getInt("reopened"),
                r.getInt("done"),
                Parts.read(r));
    }

    public Counts plus(Counts more) {
        return new Counts(
                filed + more.filed,
                open + more.open,
                overdue + more.overdue,
                reopened + more.reopened,
                done + more.done,
                rates.plus(more.rates));
    }

    public Tally of(Rate rate) {
        return rates.of(rate);
    }

    /** The same with what is open, overdue and reopened taken from other counts: those of now, whenever they were filed. */
    public Counts standing(Counts now) {
        return new Counts(filed, now.open, now.overdue, now.reopened, done, rates);
    }
}
