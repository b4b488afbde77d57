package org.hemei.evaluation.score;

/**
 * An order that went into a score, as it stood when it was counted; kept with the score, so that it can be named when the order is
 * long archived.
 *
 * @param round in which go the resident confirmed it as done; 0 where nobody did
 */
public record Counted(int district, long id, int round) {

    /** For SQL: how an order {@code o} is written down, as in {@code 340104-17:1}. */
    static final String WRITTEN =
            "o.district || '-' || o.id || ':' || case when o.state = 'closed' then o.round else 0 end";

    static Counted of(String written) {
        var cut = written.indexOf('-');
        var end = written.indexOf(':');
        return new Counted(
                Integer.parseInt(written.substring(0, cut)),
                Long.parseLong(written.substring(cut + 1, end)),
                Integer.parseInt(written.substring(end + 1)));
    }

    public String number() {
        return district + "-" + id;
    }

    public boolean confirmed() {
        return round > 0;
    }

    /** How it was counted. */
    public String words() {
        return words(round);
    }

    public static String words(int round) {
        return round == 0 ? "居民没有确认" : round == 1 ? "确认办好，一次" : "确认办好，" + round + " 次";
    }
}
