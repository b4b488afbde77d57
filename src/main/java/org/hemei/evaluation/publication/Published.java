package org.hemei.evaluation.publication;

/**
 * Which scores everybody sees, in SQL: while a campaign takes objections the newest version of each project, and after it the newest that
 * is final. A later one that is still heard has no place, band or trend before it holds (decision 82).
 */
final class Published {

    /** Projects {@code p} of campaigns {@code c} at estates {@code e} with the version {@code s} that holds; those that count for their company. */
    static final String FROM = """
            from evaluation_project p
                     join evaluation_campaign c on c.id = p.campaign and c.state in ('objection', 'final')
                     join lateral (select x.* from evaluation_score x
                                   where x.project = p.id and (c.state = 'objection' or x.stage = 'final')
                                   order by x.version desc limit 1) s on s.counts
                     join estate e on e.id = p.estate
            """;

    /** Whether a version later than the score {@code r}, which is final, is being heard. */
    static final String HEARD = """
            (r.is_final and exists (select from evaluation_score w join evaluation_score o on o.project = w.project
                                    where o.id = r.score and w.version > o.version))
            """;

    private Published() {}
}
