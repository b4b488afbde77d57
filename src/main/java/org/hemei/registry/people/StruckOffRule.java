package org.hemei.registry.people;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.hemei.platform.Refusal.Reason;
import org.hemei.platform.time.CivilTime;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Where an estate was struck off, nobody has a post of a company there from that day on; a body of its own ended before it did. Whoever
 * strikes it off at this moment is waited for.
 */
@Component
class StruckOffRule implements AppointmentRule {

    private final JdbcClient jdbc;

    StruckOffRule(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    @Override
    public List<List<Reason>> against(List<Proposed> wanted) {
        List<List<Reason>> reasons = new ArrayList<>();
        wanted.forEach(one -> reasons.add(new ArrayList<>()));
        var at = IntStream.range(0, wanted.size())
                .filter(n -> wanted.get(n).estate() != null)
                .boxed()
                .toList();
        if (at.isEmpty()) {
            return reasons;
        }
        jdbc.sql("""
                        select w.n, e.name, e.until
                        from %s
                                 join estate e on e.id = w.estate
                        where e.until < coalesce(w.ending, 'infinity')
                        order by w.n for share of e
                        """.formatted(ProposedRows.WANTED))
                .params(ProposedRows.of(wanted, at))
                .query(r -> {
                    var until = CivilTime.day(r.getObject("until", LocalDate.class));
                    reasons.get(r.getInt("n"))
                            .add(new Reason("to", r.getString("name") + " " + until + " 起注销了，任职最晚到前一天。请改最后一天。"));
                });
        return reasons;
    }
}
