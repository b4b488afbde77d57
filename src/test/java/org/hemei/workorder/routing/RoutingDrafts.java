package org.hemei.workorder.routing;

import java.util.Set;
import org.hemei.platform.Reader;
import org.hemei.testing.Town;
import org.hemei.workorder.Routing.About;
import org.hemei.workorder.Routing.Target;
import org.hemei.workorder.Urgency;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Makes rules and sets of changes for tests. */
@Component
public class RoutingDrafts {

    private final DraftDesk desk;
    private final AdoptionDesk adoption;
    private final ReplayWork replay;
    private final Drafts drafts;
    private final JdbcClient jdbc;

    RoutingDrafts(DraftDesk desk, AdoptionDesk adoption, ReplayWork replay, Drafts drafts, JdbcClient jdbc) {
        this.desk = desk;
        this.adoption = adoption;
        this.replay = replay;
        this.drafts = drafts;
        this.jdbc = jdbc;
    }

    static Line line(
            String area,
            @Nullable String category,
            Set<String> kinds,
            @Nullable Target target,
            @Nullable Long body,
            @Nullable Urgency urgency) {
        return new Line(0, new About(area, category, kinds), target, body, urgency, "会议纪要〔2026〕1号");
    }

    long open(Reader reader, String area) {
        return desk.open(reader, area, "试着改");
    }

    int version(long draft) {
        return jdbc.sql("select version from routing_draft where id = ?")
                .param(draft)
                .query(Integer.class)
                .single();
    }

    void put(Reader reader, long draft, Line line) {
        desk.put(reader, draft, version(draft), line);
    }

    void replay(Reader reader, long draft) {
        replay.start(reader, draft, version(draft));
    }

    void adopt(Reader reader, long draft) {
        adoption.adopt(reader, draft, version(draft), drafts.today().plusDays(1));
    }

    /** From the first line to the day it is set for. */
    public long adopted(Reader reader, String area, Line... lines) {
        var draft = open(reader, area);
        for (var line : lines) {
            put(reader, draft, line);
        }
        replay(reader, draft);
        adopt(reader, draft);
        return draft;
    }

    /** A set of the near district that sends a category to its utility, replayed. */
    public long replayed(Town town, String category) {
        var desk = town.near().districtDesk();
        var district = String.valueOf(town.near().district());
        rule(town);
        var draft = open(desk, district);
        put(
                desk,
                draft,
                line(district, category, Set.of(), Target.NAMED, town.near().helperBody(), Urgency.COMPLEX));
        put(desk, draft, line(town.near().community(), null, Set.of("三无"), Target.BACKSTOP, null, null));
        replay(desk, draft);
        return draft;
    }

    /** A rule of the near district as if it had been there for long. */
    long rule(Town town) {
        var district = String.valueOf(town.near().district());
        return jdbc.sql("select id from routing_rule where area = ? and category is null and kinds = '{}'")
                .param(district)
                .query(Long.class)
                .optional()
                .orElseGet(() -> insert(district));
    }

    private long insert(String district) {
        return jdbc.sql("""
                        insert into routing_rule (area, target, basis, valid)
                        values (?, 'holder', '试行', daterange('2020-01-01', null)) returning id
                        """).param(district).query(Long.class).single();
    }
}
