package org.hemei.registry.people;

import java.util.ArrayList;
import java.util.List;
import org.hemei.platform.Refusal.Reason;
import org.hemei.platform.time.CivilTime;
import org.springframework.stereotype.Component;

/** Nobody oversees the company that pays them: refused from both sides, the seat on the committee and the job at the company. */
@Component
class ConflictRule implements AppointmentRule {

    private final Conflicts conflicts;

    ConflictRule(Conflicts conflicts) {
        this.conflicts = conflicts;
    }

    @Override
    public List<List<Reason>> against(List<Proposed> wanted) {
        List<List<Reason>> reasons = new ArrayList<>();
        List<Integer> seats = new ArrayList<>();
        List<Integer> jobs = new ArrayList<>();
        for (var proposed : wanted) {
            var body = proposed.body();
            if (proposed.person() != 0 && body.kind().equals("owners_committee") && body.estate() != null) {
                seats.add(reasons.size());
            } else if (proposed.person() != 0
                    && body.company() != null
                    && !proposed.post().duty().equals("adviser")) {
                jobs.add(reasons.size());
            }
            reasons.add(new ArrayList<>());
        }
        conflicts
                .ofSeats(wanted, seats)
                .forEach((n, found) -> found.forEach(c -> reasons.get(n)
                        .add(new Reason(
                                null,
                                c.name() + "在" + c.company() + "任" + c.job() + "，这家公司" + CivilTime.day(c.from()) + "起管着"
                                        + c.estate() + "，按规定不能进这个小区的业委会。请换人，或先离开公司。"))));
        conflicts
                .ofEmployments(wanted, jobs)
                .forEach((n, found) -> found.forEach(c -> reasons.get(n)
                        .add(new Reason(
                                null,
                                c.name() + "是" + c.estate() + "的" + c.seat() + "，" + c.company()
                                        + CivilTime.day(c.from()) + "起管着这个小区，按规定不能进这家公司。请换人，或先退出业委会。"))));
        return reasons;
    }
}
