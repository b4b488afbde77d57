package org.hemei.evaluation;

/** What is still to be said or decided of scores that are public, as SQL that several pages and the calendar ask (decisions 62 and 82). */
public final class Waits {

    /** Nothing that came later than the hearing {@code h} is final. */
    public static final String RUNS = """
            not exists (select from evaluation_score s where s.project = h.project and s.stage = 'final' and s.id > h.score)
            """;

    /**
     * The hearing {@code h} is still about something: its project's newest version was not taken from its company again, and is not again as
     * good as the one before. By days, it is about its weight as well, and goes on.
     */
    public static final String STANDS = """
            not exists (
                select from evaluation_score o
                         join evaluation_project q on q.id = o.project
                         join evaluation_campaign k on k.id = q.campaign
                         join evaluation_scheme m on m.id = k.scheme
                         join lateral (select * from evaluation_score x where x.project = o.project order by x.version desc limit 1) n
                             on n.id <> o.id
                         left join evaluation_score b on b.project = o.project and b.version = o.version - 1
                where o.id = h.score
                  and (cast(o.inputs ->> 'counts' as boolean) and not cast(n.inputs ->> 'counts' as boolean)
                       or cast(b.inputs ->> 'counts' as boolean) and m.content ->> 'contractPolicy' <> 'DAYS'
                          and %s and not %s))
            """.formatted(worse("o"), worse("n"));

    /**
     * Campaigns whose keeper has to serve a paper before anything goes on, or to decide about a tie whose assessor was heard or had the time;
     * on the day {@code :today}.
     */
    public static final String ASKING = """
            select p.campaign from evaluation_hearing h join evaluation_project p on p.id = h.project
            where h.until is null and %s and %s
            union
            select x.campaign from evaluation_conflict x
            where x.answer_by is not null and x.struck is null and (x.answer <> '' or x.answer_by < cast(:today as date))
            """.formatted(RUNS, STANDS);

    private Waits() {}

    /** Whether a version is worse than {@code b}, as it is found when it is made. */
    private static String worse(String version) {
        return """
                case when b.result <> %1$s.result then %1$s.result = 'fail' or b.result = 'pass'
                     when b.score is null or %1$s.score is null then false
                     else %1$s.score < b.score
                          or %1$s.result = 'fail' and b.score + b.margin >= cast(m.content ->> 'passLine' as int)
                             and %1$s.score + %1$s.margin < cast(m.content ->> 'passLine' as int) end
                """.formatted(version);
    }
}
