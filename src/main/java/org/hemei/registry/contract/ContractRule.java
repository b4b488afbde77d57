package org.hemei.registry.contract;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.hemei.platform.Refusal.Reason;
import org.hemei.platform.time.CivilTime;
import org.jspecify.annotations.Nullable;

/**
 * One company at a time: an estate's contracts never share a day (《民法典》第二百八十四条, one property company is entrusted;
 * the database keeps it too). Every reason at once, each naming the contract in the way.
 */
final class ContractRule {

    /**
     * Between which days a contract can lie.
     *
     * @param founded first day of the company; @param end first day on which it is no longer registered; @param gone first day without the estate
     */
    record Bounds(
            LocalDate founded,
            @Nullable LocalDate end,
            @Nullable LocalDate gone) {

        void check(LocalDate first, @Nullable LocalDate last, List<Reason> reasons) {
            if (first.isBefore(founded)) {
                reasons.add(new Reason(
                        "first", "这家企业 " + CivilTime.day(founded) + " 才成立，合同最早从那天起。成立日期登记错了，请到它的组织页“更正日期”。"));
            }
            ending(last, reasons);
        }

        void ending(@Nullable LocalDate last, List<Reason> reasons) {
            if (end != null && (last == null || !last.isBefore(end))) {
                reasons.add(new Reason("last", "这家企业 " + CivilTime.day(end) + " 起注销，合同最晚到前一天。"));
            }
            if (gone != null && (last == null || !last.isBefore(gone))) {
                reasons.add(new Reason("last", "这个小区 " + CivilTime.day(gone) + " 起注销，合同最晚到前一天。"));
            }
        }
    }

    private ContractRule() {}

    /** @param others the estate's contracts */
    static List<Reason> signing(List<Contract> others, LocalDate first, @Nullable LocalDate last, Bounds bounds) {
        var reasons = beside(others, first, last);
        if (last == null || !last.isBefore(first)) {
            bounds.check(first, last, reasons);
        }
        return reasons;
    }

    /** Takes up again, or goes on, from the day after the last one; nothing about its first day is new. */
    static List<Reason> goingOn(List<Contract> others, LocalDate from, @Nullable LocalDate last, Bounds bounds) {
        var reasons = beside(others, from, last);
        bounds.ending(last, reasons);
        return reasons;
    }

    private static List<Reason> beside(List<Contract> others, LocalDate first, @Nullable LocalDate last) {
        var reasons = new ArrayList<Reason>();
        if (last != null && last.isBefore(first)) {
            reasons.add(new Reason("last", "最后一天在第一天前面。请改过来。"));
        } else {
            overlap(others, first, last).forEach(other -> reasons.add(new Reason("first", inTheWay(other))));
        }
        return reasons;
    }

    static List<Contract> overlap(List<Contract> others, LocalDate first, @Nullable LocalDate last) {
        return others.stream()
                .filter(other -> (other.last() == null || !other.last().isBefore(first))
                        && (last == null || !other.first().isAfter(last)))
                .toList();
    }

    static String inTheWay(Contract other) {
        var last = other.last();
        return "和“" + other.companyName() + "”的合同（" + other.days() + "）重叠。"
                + (last == null ? "请先定下它的最后一天。" : "可以从 " + CivilTime.day(last.plusDays(1)) + " 起，或先把它提前结束。");
    }

    static List<Reason> extending(List<Contract> others, Contract contract, LocalDate last, Bounds bounds) {
        var before = contract.last();
        if (before == null) {
            return List.of(new Reason(null, "这份合同没定到期日，不用延长。"));
        }
        if (!last.isAfter(before)) {
            return List.of(new Reason("last", "现在就到 " + CivilTime.day(before) + "。请填更晚的日子，或改用提前结束。"));
        }
        var rest = others.stream().filter(other -> other.id() != contract.id()).toList();
        return goingOn(rest, before.plusDays(1), last, bounds).stream()
                .map(reason -> new Reason("last", reason.words()))
                .toList();
    }

    /** What was typed wrongly has to be as sound as if it were signed so. */
    static List<Reason> correcting(List<Contract> others, Contract contract, ContractDesk.Entry right, Bounds bounds) {
        if (right.equals(ContractDesk.Entry.of(contract))) {
            return List.of(new Reason(null, "和登记的一样，没有要更正的。"));
        }
        var rest = others.stream().filter(other -> other.id() != contract.id()).toList();
        // a first day of the years before founding days were asked for stays as it is
        return right.company() == contract.company() && right.first().equals(contract.first())
                ? goingOn(rest, right.first(), right.last(), bounds)
                : signing(rest, right.first(), right.last(), bounds);
    }

    static List<Reason> ending(Contract contract, LocalDate last) {
        if (last.isBefore(contract.first())) {
            return List.of(new Reason("last", "合同 " + CivilTime.day(contract.first()) + " 才开始。请填那天或更晚。"));
        }
        if (contract.last() != null && !last.isBefore(contract.last())) {
            return List.of(new Reason("last", "合同本来就到 " + CivilTime.day(contract.last()) + "。请填更早的日子。"));
        }
        return List.of();
    }
}
