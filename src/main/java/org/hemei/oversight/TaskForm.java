package org.hemei.oversight;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.hemei.access.Role;
import org.hemei.platform.MechanismCheck.Rule;
import org.hemei.platform.MechanismCheck.Shortfall;
import org.hemei.platform.Reader;
import org.hemei.platform.Refusal;
import org.hemei.platform.Scope;
import org.hemei.platform.task.TaskDesk;
import org.hemei.registry.Areas;
import org.jspecify.annotations.Nullable;

/**
 * 建任务: for whom the tasks are, and to whom they can be given. A task goes to the desk of the place where something is
 * missing or of one above it, as far as the giver's own area reaches; never further up.
 */
record TaskForm(
        Rule rule, Areas.Area here, List<Shortfall> chosen, boolean all, List<Desk> desks, int running, int rest) {

    /** A desk that tasks can be given to: which one of each subject's areas, and in which role. */
    enum Desk {
        COMMUNITY("社区", 12, Role.COMMUNITY, ""),
        STREET("街道", 9, Role.STREET, "城市管理部"),
        DISTRICT("区（县、开发区）", 6, Role.DISTRICT, ""),
        ORGANISATION("区组织部门", 6, Role.ORGANISATION, "组织部门"),
        HOUSING("区房管部门", 6, Role.HOUSING, "房管部门"),
        CITY("市", 4, Role.CITY, ""),
        CITY_ORGANISATION("市组织部门", 4, Role.ORGANISATION, "组织部门"),
        CITY_HOUSING("市房管部门", 4, Role.HOUSING, "房管部门"),
        BODY("这些单位自己", 0, null, "");

        final String words;
        final int length;
        final @Nullable Role role;
        final String suffix;

        Desk(String words, int length, @Nullable Role role, String suffix) {
            this.words = words;
            this.length = length;
            this.role = role;
            this.suffix = suffix;
        }

        public String words() {
            return words;
        }
    }

    static TaskForm of(Rule rule, Areas.Area here, List<Shortfall> chosen, boolean all, Scope scope, int running) {
        // of all only as many as can be given at once; who comes again finds the rest
        var now = all ? chosen.stream().limit(TaskDesk.MOST_AT_ONCE).toList() : chosen;
        return new TaskForm(rule, here, now, all, desks(now, scope), running, chosen.size() - now.size());
    }

    private static List<Desk> desks(List<Shortfall> chosen, Scope scope) {
        var desks = new ArrayList<Desk>();
        for (var desk : Desk.values()) {
            var fits = !chosen.isEmpty() && chosen.stream().allMatch(one -> fits(desk, one, scope));
            if (fits) {
                desks.add(desk);
            }
        }
        return desks;
    }

    private static boolean fits(Desk desk, Shortfall one, Scope scope) {
        if (desk == Desk.BODY) {
            return one.body() != null;
        }
        return one.area().length() >= desk.length && scope.covers(one.area().substring(0, desk.length));
    }

    /** The desk that is preselected: the nearest one. */
    Desk nearest() {
        return desks.stream().min(Comparator.comparingInt(Enum::ordinal)).orElse(Desk.BODY);
    }

    /** What the tasks ask for, unless the giver writes something else. */
    String words() {
        return rule.words() + "请补上，并报结果。";
    }

    Desk desk(String name) {
        return desks.stream()
                .filter(d -> d.name().equals(name))
                .findFirst()
                .orElseThrow(() -> Refusal.of("to", "请选交给谁。"));
    }

    List<TaskDesk.Wanted> wanted(Desk desk, Map<String, String> names) {
        return chosen.stream()
                .map(one -> new TaskDesk.Wanted(
                        one.name() + "：" + one.missing(),
                        one.key(),
                        "/mechanism/" + rule.code() + "?area=" + one.area(),
                        assignee(desk, one, names)))
                .toList();
    }

    private static TaskDesk.Assignee assignee(Desk desk, Shortfall one, Map<String, String> names) {
        if (desk.role == null) {
            return new TaskDesk.Assignee(one.area(), null, one.body(), one.name());
        }
        var area = one.area().substring(0, desk.length);
        return new TaskDesk.Assignee(area, desk.role.name(), null, names.getOrDefault(area, area) + desk.suffix);
    }

    /** The areas whose names the tasks will carry. */
    List<String> areas(Desk desk) {
        return chosen.stream()
                .map(one ->
                        one.area().substring(0, Math.min(desk.length, one.area().length())))
                .distinct()
                .toList();
    }

    /** In whose name, as it is read: 包河区 or 合肥市组织部门. */
    static TaskDesk.Giver giver(Reader reader, String area, Map<String, String> names) {
        var office = Standing.office(reader, area);
        var suffix = switch (office.role()) {
            case ORGANISATION -> "组织部门";
            case HOUSING -> "房管部门";
            case STREET -> "城市管理部";
            default -> "";
        };
        return new TaskDesk.Giver(
                office.role().name(), office.area(), names.getOrDefault(office.area(), office.area()) + suffix);
    }
}
