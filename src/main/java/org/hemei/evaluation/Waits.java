package org.hemei.evaluation;

/** What is still to be said or decided of scores that are public, as SQL that several pages and the calendar ask (decisions 62 and 82). */
public final class Waits {

    /** Nothing that came later than the hearing {@code h} is final. */
    public static final String RUNS = """
            not exists (select from evaluation_score s where s.project = h.project and s.stage = 'final' and s.id > h.score)
            """;

    /** The hearing {@code h} is still about something: its score is not again as good as it was, nor another company's. */
    public static final String STANDS = "h.stands";

    /**
     * Campaigns whose keeper has to serve a paper before anything goes on, to decide about a correction that another asked for, or about a tie whose assessor was heard or had the time;
     * on the day {@code :today}.
     */
    public static final String ASKING = """
            select p.campaign from evaluation_hearing h join evaluation_project p on p.id = h.project
            where h.until is null and %s and %s
            union
            select p.campaign from evaluation_correction x join evaluation_project p on p.id = x.project where x.state = 'asked'
            union
            select x.campaign from evaluation_conflict x
            where x.answer_by is not null and x.struck is null
              and (x.answer <> '' or x.answer_by < cast(:today as date))
            """.formatted(RUNS, STANDS);

    /** Companies and years in which a score that is final is to become another one, which is still heard: until then the year holds as it is. */
    public static final String YEARS = """
            select p.company, c.year
            from evaluation_hearing h join evaluation_project p on p.id = h.project
                     join evaluation_campaign c on c.id = p.campaign and c.state = 'final'
            where %s
            """.formatted(RUNS);

    private static final String VOIDED = """
            jsonb_path_exists(%s.inputs, '$.corrections[*] ? (@.item == "satisfaction" && @.value == "void")')
            """;

    /** The void of a published count that the hearing {@code h} of the project {@code p} is about: what else is heard says nothing of ballots. */
    public static final String VOIDS = """
            exists (select from evaluation_score o where o.id = h.score and %s
                    and not exists (select from evaluation_score x where x.project = o.project and x.version = o.version - 1 and %s))
            and %s and %s
            """.formatted(VOIDED.formatted("o"), VOIDED.formatted("x"), RUNS, STANDS);

    private Waits() {}
}
