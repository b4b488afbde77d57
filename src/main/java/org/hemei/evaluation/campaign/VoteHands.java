package org.hemei.evaluation.campaign;

import java.util.List;
import org.hemei.access.Role;
import org.hemei.ballot.Poll;
import org.hemei.ballot.PollHands;
import org.hemei.evaluation.Interests;
import org.hemei.platform.Reader;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Who is tied to a company comes near no ballot on it, by whichever role; and an assessor only handles those of the estates they
 * were given to inspect.
 */
@Component
class VoteHands implements PollHands {

    private record Stand(String community, boolean tied, boolean given) {}

    private final JdbcClient jdbc;
    private final Interests interests;

    VoteHands(JdbcClient jdbc, Interests interests) {
        this.jdbc = jdbc;
        this.interests = interests;
    }

    @Override
    public @Nullable String against(Reader reader, Poll poll, long estate) {
        return jdbc.sql("""
                        select e.community,
                               exists (select from evaluation_conflict x join evaluation_project p on p.campaign = x.campaign
                                       where x.campaign = c.id and x.assessor = :me
                                         and p.company = x.company and p.estate = e.id)
                                   or exists (select from evaluation_project p
                                              where p.campaign = c.id and p.estate = e.id and p.bodies && :mine) as tied,
                               exists (select from evaluation_inspection i where i.campaign = c.id and i.estate = e.id
                                         and i.assessor = :me and i.state <> 'replaced') as given
                        from evaluation_campaign c join estate e on e.id = :estate
                        where c.poll = (select coalesce(b.again_of, b.id) from poll b where b.id = :poll)
                        """)
                .param("me", reader.account())
                .param("mine", interests.companies(reader).toArray(Long[]::new))
                .param("estate", estate)
                .param("poll", poll.id())
                .query(Stand.class)
                .optional()
                .map(stand -> words(reader, stand))
                .orElse(null);
    }

    @Override
    public List<Place> barred(Reader reader) {
        var assesses = reader.scope(Role.ASSESSOR);
        var mine = interests.companies(reader);
        return assesses.isEmpty() && mine.isEmpty()
                ? List.of()
                : jdbc.sql("""
                        select distinct b.id as poll, p.estate
                        from evaluation_campaign c
                                 join poll b on c.poll in (b.id, b.again_of)
                                 join evaluation_project p on p.campaign = c.id
                                 join estate e on e.id = p.estate
                        where c.state in ('sealed', 'collecting', 'review') and c.poll is not null
                          and (p.bodies && :mine
                               or e.community like any(:assesses)
                                  and (exists (select from evaluation_conflict x where x.campaign = c.id and x.assessor = :me
                                                 and x.company = p.company)
                                       or not e.community like any(:territory)
                                          and not exists (select from evaluation_inspection i where i.campaign = c.id
                                                            and i.estate = p.estate and i.assessor = :me and i.state <> 'replaced')))
                        """)
                        .param("me", reader.account())
                        .param("mine", mine.toArray(Long[]::new))
                        .param("assesses", assesses.patterns())
                        .param(
                                "territory",
                                reader.scope(Role.COMMUNITY, Role.STREET).patterns())
                        .query(Place.class)
                        .list();
    }

    private static @Nullable String words(Reader reader, Stand stand) {
        if (stand.tied) {
            return "您和这个小区的物业企业有关系：登记过，或者您在那里任职、替它办事，三年里有过也算。它的选票不能由您经手。";
        }
        var ofTheTerritory = reader.scope(Role.COMMUNITY, Role.STREET).covers(stand.community);
        if (!stand.given && !ofTheTerritory && reader.scope(Role.ASSESSOR).covers(stand.community)) {
            return "这个小区没有分给您测评，它的选票不由您经手。";
        }
        return null;
    }
}
