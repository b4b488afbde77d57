package org.hemei.workorder;

import java.util.Map;

/**
 * What somebody said of the result of an order, as it is kept beside the step that they took with it.
 *
 * @param asked whether the account is that of who asked, by phone
 */
record Rated(long account, int round, boolean solved, int satisfied, String words, boolean asked) {

    /** Goes with the order's own statements. */
    private static final String KEEP = """
            ;
            insert into work_order_rating (district, order_id, account, round, solved, satisfied, words, asked, at)
            values (:district, :id, :rater, :rated_round, :rated_solved, :rated_satisfied, :rated_words, :rated_asked, :at)
            """;

    static void put(Map<String, Object> params, WorkOrder order, StringBuilder sql) {
        var rated = order.rated;
        if (rated == null) {
            return;
        }
        params.put("rater", rated.account);
        params.put("rated_round", rated.round);
        params.put("rated_solved", rated.solved);
        params.put("rated_satisfied", rated.satisfied);
        params.put("rated_words", rated.words);
        params.put("rated_asked", rated.asked);
        sql.append(KEEP);
        order.rated = null;
    }
}
