package org.hemei.ballot;

import java.time.LocalDate;
import java.util.List;
import org.hemei.platform.Reader;
import org.hemei.registry.EstateInUse;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Polls that households of an estate are asked in, until they are counted. */
@Component
class PollsInUse implements EstateInUse {

    private static final int LAST = 50;

    private final JdbcClient jdbc;

    PollsInUse(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    @Override
    public int order() {
        return LAST;
    }

    @Override
    public List<Use> uses(Reader reader, Place place, LocalDate day) {
        var sees = reader.scope(DeskPages.READERS).covers(place.community());
        return jdbc.sql("""
                        select p.id, p.title from poll p
                        where p.state in ('planned', 'open', 'closed')
                          and exists (select from poll_group g where g.poll = p.id and g.estate = ? and g.voided_at is null
                                                                 and g.annulled_at is null)
                        order by p.id
                        """)
                .param(place.estate())
                .query((r, n) -> new Use(
                        "投票“" + r.getString("title") + "”还没有计票。请等它结束。",
                        sees ? "/ballots/" + r.getLong("id") + "/" + place.estate() : null))
                .list();
    }
}
