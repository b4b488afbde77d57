package org.hemei.registry.people;

import java.time.InstantSource;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.hemei.platform.Refusal.Reason;
import org.hemei.platform.time.CivilTime;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The post belongs to the kind of body, the body is there all the while, and a post of one has one holder. */
@Component
class PostRule implements AppointmentRule {

    /** Nobody is appointed for longer ahead: such a day is a slip of the hand. */
    private static final int YEARS_AHEAD = 10;

    private final JdbcClient jdbc;
    private final InstantSource clock;

    PostRule(JdbcClient jdbc, InstantSource clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    @Override
    public List<List<Reason>> against(List<Proposed> wanted) {
        List<List<Reason>> all = new ArrayList<>();
        List<Integer> sound = new ArrayList<>();
        for (var proposed : wanted) {
            var reasons = alone(proposed);
            if (reasons.isEmpty()) {
                sound.add(all.size());
            }
            all.add(reasons);
        }
        held(wanted, sound, all);
        return all;
    }

    /** What is wrong with it whatever else there is. */
    private List<Reason> alone(Proposed proposed) {
        List<Reason> reasons = new ArrayList<>();
        var body = proposed.body();
        if (!proposed.post().kinds().contains(body.postKind())) {
            reasons.add(new Reason("post", body.name() + "没有“" + proposed.post().name() + "”这个职务。请换一个。"));
        }
        days(proposed, reasons);
        if (proposed.estate() != null && body.company() == null) {
            reasons.add(new Reason("estate", "只有物业企业的职务才分小区。这里不用选小区。"));
        }
        return reasons;
    }

    private void days(Proposed proposed, List<Reason> reasons) {
        var tenure = proposed.tenure();
        var body = proposed.body();
        var last = tenure.last();
        if (last != null && last.isBefore(tenure.first())) {
            reasons.add(new Reason("to", "最后一天比第一天还早。请改一改。"));
        }
        if (tenure.first().isAfter(today().plusYears(YEARS_AHEAD))) {
            reasons.add(new Reason("from", "这一天太远了。请看看年份。"));
        }
        if (tenure.first().isBefore(body.since())) {
            reasons.add(new Reason("from", body.name() + CivilTime.day(body.since()) + "才成立。请填这一天或以后。"));
        }
        var until = body.until();
        if (until != null && (last == null || !last.isBefore(until))) {
            reasons.add(new Reason("to", body.name() + CivilTime.day(until) + "已撤销。最后一天要在这之前。"));
        }
    }

    private void held(List<Proposed> wanted, List<Integer> sound, List<List<Reason>> reasons) {
        if (sound.isEmpty()) {
            return;
        }
        // each half first fetches by one plain index (the fence of "offset 0"): exclusion constraints' own indexes are
        // far slower here
        jdbc.sql("""
                        select w.n, h.name, h.first, h.same
                        from %s
                                 cross join lateral (
                                     select a.id, p.masked_name as name, lower(a.during) as first, a.person = w.person as same
                                     from (select * from (select * from appointment x where x.person = w.person offset 0) own
                                           where own.body = w.body
                                           union all
                                           select * from (select * from appointment x where x.body = w.body and not w.many offset 0) others
                                           where others.person <> w.person) a
                                              join person p on p.id = a.person
                                     where a.post = w.post and coalesce(a.estate, 0) = w.estate
                                       and a.during && daterange(w."from", w.ending) and a.id <> w.self
                                     order by a.id limit 5) h
                        order by w.n, h.id
                        """.formatted(ProposedRows.WANTED))
                .params(ProposedRows.of(wanted, sound))
                .query(r -> {
                    var n = r.getInt("n");
                    reasons.get(n)
                            .add(words(
                                    wanted.get(n),
                                    r.getString("name"),
                                    r.getObject("first", LocalDate.class),
                                    r.getBoolean("same")));
                });
    }

    private static Reason words(Proposed proposed, String name, LocalDate first, boolean same) {
        return new Reason(
                "post",
                same
                        ? "这个人从" + CivilTime.day(first) + "起就在任“"
                                + proposed.post().name() + "”，日期重了。"
                        : "“" + proposed.post().name() + "”同时只有一个人：" + name + "从" + CivilTime.day(first)
                                + "起在任。请先结束那个任职。");
    }

    private LocalDate today() {
        return CivilTime.date(clock.instant());
    }
}
