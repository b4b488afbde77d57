package org.hemei.registry.estate;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.hemei.platform.Reader;
import org.hemei.platform.Refusal;
import org.hemei.platform.Refusal.Reason;
import org.hemei.platform.Scope;
import org.hemei.platform.time.CivilTime;
import org.hemei.registry.EstateInUse;
import org.hemei.registry.Office;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** An estate that is no more is struck off (注销) from a day, and put back when that was wrong. Its past stays (decision 75). */
@Service
class EstateEndDesk {

    record Choice(long id, String name) {}

    private final JdbcClient jdbc;
    private final EstateDesk estates;
    private final List<EstateInUse> rooms;

    EstateEndDesk(JdbcClient jdbc, EstateDesk estates, List<EstateInUse> rooms) {
        this.jdbc = jdbc;
        this.estates = estates;
        this.rooms = rooms.stream()
                .sorted(Comparator.comparingInt(EstateInUse::order))
                .toList();
    }

    static Scope strikers(Reader reader) {
        return Office.required(reader, Office.HOUSING, Office.DISTRICT);
    }

    /** What has to end before; empty when it can be struck off from that day. */
    List<EstateInUse.Use> uses(Reader reader, EstateView estate, LocalDate day) {
        var place = new EstateInUse.Place(estate.id(), estate.community());
        return rooms.stream()
                .flatMap(room -> room.uses(reader, place, day).stream())
                .toList();
    }

    /** Those that it can be the same as, or a part of: of its district, those of its street first. */
    List<Choice> others(EstateView estate) {
        return jdbc.sql("""
                        select e.id, e.name || '（' || c.name || '）' as name
                        from estate_now e join area c on c.code = e.community
                        where e.district = ? and e.id <> ?
                        order by e.community <> ?, e.street <> ?, e.name, e.id limit 1000
                        """)
                .params(estate.district(), estate.id(), estate.community(), estate.street())
                .query(Choice.class)
                .list();
    }

    @Transactional
    void strikeOff(
            Reader reader,
            EstateView known,
            int version,
            LocalDate day,
            EstateEnd.Why why,
            @Nullable Long into,
            String reason) {
        var estate = estates.locked(reader, known.id(), version);
        var reasons = new ArrayList<Reason>();
        var wrongDay = wrongDay(estate, day);
        if (wrongDay != null) {
            reasons.add(new Reason("day", wrongDay));
        }
        if (why.other()
                && others(estate).stream()
                        .noneMatch(other -> Long.valueOf(other.id).equals(into))) {
            reasons.add(new Reason("into", "请选是哪个小区，要还在册的。"));
        }
        if (reasons.isEmpty() && !uses(reader, estate, day).isEmpty()) {
            reasons.add(new Reason(null, "还有下面这些没有了结。先办完，再来注销。"));
        }
        if (!reasons.isEmpty()) {
            throw new Refusal(reasons);
        }
        var other = why.other() ? into : null;
        jdbc.sql("update estate set until = :day, until_why = :why, joined = :into where id = :id")
                .param("day", day)
                .param("why", why.code())
                .param("into", other, java.sql.Types.BIGINT)
                .param("id", estate.id())
                .update();
        var detail = new HashMap<String, Object>();
        detail.put("day", day.toString());
        detail.put("why", why.code());
        if (other != null) {
            detail.put("now_estate", other);
        }
        estates.touched(reader, estate, "struck_off", detail, reason);
    }

    /** An earlier day than any of these would leave something behind on an estate that was no more. */
    private @Nullable String wrongDay(EstateView estate, LocalDate day) {
        if (day.isAfter(estates.today())) {
            return "还没到那一天。注销当天起这里就不再点单、签合同，请到那天再来办。";
        }
        if (day.isBefore(estates.today().minusYears(1))) {
            return "最多补登一年以内的。请核对日子。";
        }
        return estates.lastMove(estate.id())
                .filter(day::isBefore)
                .map(moved -> "比换社区的日子（" + CivilTime.day(moved) + "）还早。请核对日子。")
                .orElse(null);
    }

    /** It was never gone: figures of the days between count it again. */
    @Transactional
    void restore(Reader reader, EstateView known, int version, String reason) {
        var estate = estates.held(reader, known.id(), version);
        var end = estate.end();
        if (end == null) {
            throw Refusal.of("这个小区在册，不用恢复。");
        }
        estates.nameIsFree(estate.name(), estate.community(), estate.id());
        jdbc.sql("update estate set until = null, until_why = null, joined = null where id = ?")
                .param(estate.id())
                .update();
        estates.touched(
                reader,
                estate,
                "restored",
                Map.of("day", end.day().toString(), "why", end.why().code()),
                reason);
    }
}
