package org.hemei.registry.people;

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
    public List<Reason> against(Proposed proposed) {
        var body = proposed.body();
        if (proposed.person() == 0) {
            return List.of();
        }
        if (body.kind().equals("owners_committee") && body.estate() != null) {
            return conflicts.ofSeat(proposed, body.estate()).stream()
                    .map(c -> new Reason(
                            null,
                            c.name() + "在" + c.company() + "任" + c.job() + "，这家公司" + CivilTime.day(c.from()) + "起管着"
                                    + c.estate() + "，按规定不能进这个小区的业委会。请换人，或先离开公司。"))
                    .toList();
        }
        if (body.company() != null && !proposed.post().duty().equals("adviser")) {
            return conflicts.ofEmployment(proposed, body.company()).stream()
                    .map(c -> new Reason(
                            null,
                            c.name() + "是" + c.estate() + "的" + c.seat() + "，" + c.company() + CivilTime.day(c.from())
                                    + "起管着这个小区，按规定不能进这家公司。请换人，或先退出业委会。"))
                    .toList();
        }
        return List.of();
    }
}
