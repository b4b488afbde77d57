package org.hemei.evaluation;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.hemei.access.Role;
import org.hemei.platform.Grant;
import org.hemei.platform.NavEntry;
import org.hemei.platform.Reader;
import org.hemei.platform.TodoSource;
import org.hemei.platform.time.CivilTime;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** 测评 in the menu, for each with what waits for them: estates to see, to score, objections to answer, a campaign that stands still. */
@Component
class EvaluationMenu implements NavEntry, TodoSource {

    private static final String GROUP = "测评";

    private final JdbcClient jdbc;
    private final Interests interests;
    private final InstantSource clock;

    EvaluationMenu(JdbcClient jdbc, Interests interests, InstantSource clock) {
        this.jdbc = jdbc;
        this.interests = interests;
        this.clock = clock;
    }

    @Override
    public List<Item> items(Reader reader) {
        if (!Role.isStaff(reader) || reader.has(Role.SYSTEM) || reader.has(Role.SECURITY) || reader.has(Role.AUDIT)) {
            return List.of();
        }
        List<Item> items = new ArrayList<>();
        if (reader.has(Role.ASSESSOR)) {
            items.add(new Item(GROUP, 60, "/inspections", "现场检查", "task", looks(reader)));
        }
        if (opines(reader)) {
            items.add(new Item(GROUP, 61, "/opinions", "给物业打分", "edit", opinions(reader)));
        }
        if (reader.has(Role.MANAGER) || keeps(reader)) {
            items.add(new Item(
                    GROUP, 62, "/objections", "测评异议", "warn", keeps(reader) ? objections(reader) : failed(reader)));
        }
        items.add(new Item(GROUP, 63, "/campaigns", "测评", "chart", keeps(reader) ? campaigns(reader) : null));
        items.add(new Item(GROUP, 64, "/ratings", "物业得分", "list", null));
        items.add(new Item(GROUP, 65, "/schemes", "测评方案", "doc", null));
        return items;
    }

    @Override
    public int waiting(Reader reader) {
        return (reader.has(Role.ASSESSOR) ? looks(reader) : 0)
                + (opines(reader) ? opinions(reader) : 0)
                + (keeps(reader) ? objections(reader) + campaigns(reader) : 0)
                + (reader.has(Role.MANAGER) ? failed(reader) : 0);
    }

    private static boolean opines(Reader reader) {
        return reader.has(Role.STREET) || reader.has(Role.COMMUNITY);
    }

    private static boolean keeps(Reader reader) {
        return reader.has(Role.CITY) || reader.has(Role.DISTRICT) || reader.has(Role.HOUSING);
    }

    private int looks(Reader reader) {
        return jdbc.sql("""
                        select count(*) from evaluation_inspection i join evaluation_campaign c on c.id = i.campaign
                        where i.assessor = ? and i.state = 'open' and c.state in ('collecting', 'review')
                        """).param(reader.account()).query(Integer.class).single();
    }

    private int objections(Reader reader) {
        return jdbc.sql("""
                        select count(*) from evaluation_objection o
                                 join evaluation_project p on p.id = o.project join evaluation_campaign c on c.id = p.campaign
                        where o.state = 'filed' and c.area like any(:patterns)
                        """)
                .param(
                        "patterns",
                        reader.scope(Role.CITY, Role.DISTRICT, Role.HOUSING).patterns())
                .query(Integer.class)
                .single();
    }

    /** Scores of the reader's company that did not pass, while it can object and has not: after that day nobody asks any more. */
    private int failed(Reader reader) {
        return jdbc.sql("""
                        select count(*)
                        from evaluation_campaign c
                                 join evaluation_project p on p.campaign = c.id and p.counts
                                 join lateral (select x.result from evaluation_score x where x.project = p.id order by x.version desc limit 1) s on true
                        where s.result = 'fail'
                          and (c.state = 'objection' and c.objection_until >= :today
                               or exists (select from evaluation_hearing h where h.project = p.id and coalesce(h.until, :today) >= :today and h.stands))
                          and p.company = any(:companies) -- found by index, on every page of a manager
                          and (p.company = any(:whole) or exists (select from unnest(:bodies, :estates) g (body, estate)
                                                                  where g.body = p.company and g.estate = p.estate))
                          and not exists (select from evaluation_objection o where o.project = p.id)
                        """)
                .param("today", CivilTime.date(clock.instant()))
                .param("companies", reader.scope(Role.MANAGER).bodies())
                .param("whole", reader.scope(Role.MANAGER).wholeBodies())
                .param("bodies", managed(reader).map(Grant::body).toArray(Long[]::new))
                .param("estates", managed(reader).map(Grant::estate).toArray(Long[]::new))
                .query(Integer.class)
                .single();
    }

    private static Stream<Grant> managed(Reader reader) {
        return reader.scope(Role.MANAGER).grants().stream()
                .filter(grant -> grant.body() != null && grant.estate() != null);
    }

    /**
     * Campaigns that wait for a person, or whose state should have been over: what {@link org.hemei.evaluation.campaign.Campaign#asks} and
     * {@link org.hemei.evaluation.campaign.Campaign#stalled} say, as SQL; and those whose contracts were put right
     * afterwards, whose ballots are not those that were sealed, or in which a paper is to be served or a tie to be decided.
     */
    private int campaigns(Reader reader) {
        return jdbc.sql("""
                        select count(*) from evaluation_campaign
                        where area like any(:patterns) and (state in ('drawn', 'review')
                              or exists (select from evaluation_contract_differs d where d.campaign = evaluation_campaign.id)
                              or state in ('objection', 'final') and id in (%s)
                              or state = 'preliminary' and tally_wrong is not null
                              or state = 'planned' and cast(:today as date) >= coalesce(seed_on, collect_from - 3)
                              or state = 'preliminary' and cast(:today as date) >= objection_from
                              or cast(:today as date) > case state
                                  when 'planned' then collect_from when 'drawn' then collect_from when 'sealed' then collect_from
                                  when 'collecting' then collect_until + 1 when 'review' then review_until
                                  when 'preliminary' then objection_from when 'objection' then final_by end)
                        """.formatted(Waits.ASKING))
                .param(
                        "patterns",
                        reader.scope(Role.CITY, Role.DISTRICT, Role.HOUSING).patterns())
                .param("today", CivilTime.date(clock.instant()))
                .query(Integer.class)
                .single();
    }

    /** Estates of the reader's territory for which an item is not given yet; not those that are for others to score. */
    private int opinions(Reader reader) {
        return jdbc.sql("""
                        with own as materialized (
                            -- a street's own estates are those of its communities: one look-up by index for every desk page
                            select id, street, community from estate
                            where community = any(:communities)
                            union
                            select e.id, e.street, e.community
                            from area a join estate e on e.community = a.code
                            where a.parent = any(:streets)
                        )
                        select count(distinct (p.campaign, p.estate))
                        from own e
                                 join evaluation_project p on p.estate = e.id
                                 join evaluation_campaign c on c.id = p.campaign and c.state in ('collecting', 'review')
                                 join evaluation_scheme s on s.id = c.scheme
                                 cross join lateral jsonb_path_query(s.content, '$.dimensions[*] ? (@.kind == "TERRITORY").items[*]') i
                        where (i ->> 'side' = 'STREET' and e.street = any(:streets)
                               or i ->> 'side' = 'COMMUNITY' and e.community = any(:communities))
                          and not exists (select from evaluation_opinion o where o.campaign = c.id and o.estate = p.estate
                                                                             and o.item = i ->> 'code')
                          and not exists (select from evaluation_project x where x.campaign = c.id and x.estate = p.estate
                                                                             and x.bodies && :mine)
                        """)
                .param("mine", interests.companies(reader).toArray(Long[]::new))
                .param("streets", reader.scope(Role.STREET).areas().toArray(String[]::new))
                .param("communities", reader.scope(Role.COMMUNITY).areas().toArray(String[]::new))
                .query(Integer.class)
                .single();
    }
}
