package org.hemei.evaluation.opinion;

import java.sql.Timestamp;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.hemei.evaluation.opinion.Opinions.Place;
import org.hemei.evaluation.scheme.SchemeContent.Side;
import org.hemei.platform.Missing;
import org.hemei.platform.Reader;
import org.hemei.platform.Refusal;
import org.hemei.platform.Refusal.Reason;
import org.hemei.platform.Stale;
import org.hemei.platform.log.Audit;
import org.hemei.platform.log.LastChange;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Takes the points of street and community; what was said before stays readable. */
@Service
class OpinionDesk {

    private static final int WHOLE = 100;
    private static final int LONGEST = 200;
    /** Below this the company has to be told why. */
    private static final int WHY_BELOW = 60;

    /** @param points null when nothing was written; seen: the version its page showed, 0 for none */
    record Said(String item, @Nullable Integer points, String why, int seen) {}

    private final Opinions opinions;
    private final JdbcClient jdbc;
    private final Audit audit;
    private final InstantSource clock;
    private final LastChange lastChange;

    OpinionDesk(Opinions opinions, JdbcClient jdbc, Audit audit, InstantSource clock, LastChange lastChange) {
        this.opinions = opinions;
        this.jdbc = jdbc;
        this.audit = audit;
        this.clock = clock;
        this.lastChange = lastChange;
    }

    @Transactional
    void give(Reader reader, long campaign, long estate, List<Said> all) {
        jdbc.sql("select id from evaluation_campaign where id = ? for share")
                .param(campaign)
                .query(Long.class)
                .optional();
        var place = opinions.find(reader, campaign, estate).orElseThrow(() -> new Missing("没有这个小区，或不在您这里，或已经复核完了。"));
        var against = place.against();
        if (against != null) {
            throw Refusal.of(against);
        }
        check(all);
        var given = opinions.given(place);
        for (var item : opinions.items(reader, place)) {
            for (var said : all) {
                if (said.item.equals(item.code())) {
                    var old = given.get(item.code());
                    var version = old == null ? 0 : old.version();
                    if (version != said.seen) {
                        throw first(reader, place, item.code());
                    }
                    if (old == null
                            || !Integer.valueOf(old.points()).equals(said.points)
                            || !old.why().equals(said.why)) {
                        var area = item.side() == Side.STREET ? place.street() : place.community();
                        insert(reader, place, said, version + 1, area);
                    }
                }
            }
        }
        audit.record(
                reader,
                Integer.parseInt(place.community().substring(0, 6)),
                "evaluation_opinion.give",
                "estate",
                estate,
                place.community(),
                Map.of("campaign", campaign));
    }

    private static void check(List<Said> all) {
        List<Reason> reasons = new ArrayList<>();
        for (var said : all) {
            if (said.points == null || said.points > WHOLE) {
                reasons.add(new Reason("points-" + said.item, "请填 0 到 100 的整数。"));
            } else if (said.points < WHY_BELOW && said.why.isBlank()) {
                reasons.add(new Reason("why-" + said.item, "不到 60 分，请写为什么，物业看得到。"));
            }
            if (said.why.length() > LONGEST) {
                reasons.add(new Reason("why-" + said.item, "太长了，最多 200 个字。请写短一点。"));
            }
        }
        if (!reasons.isEmpty()) {
            throw new Refusal(reasons);
        }
    }

    private Stale first(Reader reader, Place place, String item) {
        return jdbc.sql("""
                        select given_by, given_at from evaluation_opinion
                        where campaign = ? and estate = ? and item = ? order by version desc limit 1
                        """)
                .params(place.campaign(), place.estate(), item)
                .query((r, n) -> lastChange.by(
                        reader,
                        r.getLong("given_by"),
                        r.getTimestamp("given_at").toInstant(),
                        "给这个小区打了分"))
                .optional()
                .orElseGet(() -> lastChange.by(reader, null, (Timestamp) null, "给这个小区打了分"));
    }

    private void insert(Reader reader, Place place, Said said, int version, String area) {
        jdbc.sql("""
                insert into evaluation_opinion (campaign, estate, item, version, area, points, why, given_by, given_at)
                values (:campaign, :estate, :item, :version, :area, :points, :why, :by, :now)
                """)
                .param("campaign", place.campaign())
                .param("estate", place.estate())
                .param("item", said.item)
                .param("version", version)
                .param("area", area)
                .param("points", said.points)
                .param("why", said.why)
                .param("by", reader.account())
                .param("now", Timestamp.from(clock.instant()))
                .update();
    }
}
