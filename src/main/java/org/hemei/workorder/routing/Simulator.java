package org.hemei.workorder.routing;

import java.sql.Timestamp;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.hemei.platform.Scope;
import org.hemei.platform.time.CivilTime;
import org.hemei.workorder.DeadlineBook;
import org.hemei.workorder.Deadlines;
import org.hemei.workorder.Deadlines.Timer;
import org.hemei.workorder.Routing;
import org.hemei.workorder.Routing.Matter;
import org.hemei.workorder.Routing.Rule;
import org.hemei.workorder.RoutingBook;
import org.hemei.workorder.RoutingBook.Answer;
import org.hemei.workorder.RoutingBook.Ground;
import org.hemei.workorder.Urgency;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** 这事会派给谁: asks the rules about a matter that nobody has filed, and tells which rule decides and why. */
@Component
class Simulator {

    /**
     * @param fitting every rule about it, the one that decides first
     * @param take when it would have to be taken, were it sent now; the others alike
     */
    record Outcome(
            Answer answer,
            RuleLists.Names names,
            List<Rule> fitting,
            Instant take,
            Instant contact,
            Instant resolve,
            String resolveWords) {

        String to() {
            return names.body(answer.body());
        }

        /** Why this rule and not the next one. */
        String why() {
            if (fitting.isEmpty()) {
                return "没有规则管到它，按老办法：归管这个小区的单位。";
            }
            if (fitting.size() == 1) {
                return "只有这一条管到它。";
            }
            var one = fitting.get(0).about();
            var next = fitting.get(1).about();
            if (one.area().length() != next.area().length()) {
                return "地区更近的先算：" + names.area(one) + "的规则在" + names.area(next) + "前面。";
            }
            if (!java.util.Objects.equals(one.category(), next.category())) {
                return "事项更细的先算：“" + names.category(one) + "”在“" + names.category(next) + "”前面。";
            }
            return "小区类型说得更细的先算：“" + names.kinds(one) + "”在“" + names.kinds(next) + "”前面。";
        }

        /** Why the body is not the one the rule names. */
        @Nullable
        String instead() {
            return answer.instead() ? "规则要派给“" + decided().target().words() + "”，可那里现在没有，就归管这个小区的单位。" : null;
        }

        private Rule decided() {
            return fitting.getFirst();
        }
    }

    private record Asked(Ground ground, @Nullable String branch, Urgency urgency) {}

    private final JdbcClient jdbc;
    private final RoutingBook book;
    private final RuleLists lists;
    private final DeadlineBook deadlines;
    private final InstantSource clock;

    Simulator(JdbcClient jdbc, RoutingBook book, RuleLists lists, DeadlineBook deadlines, InstantSource clock) {
        this.jdbc = jdbc;
        this.book = book;
        this.lists = lists;
        this.deadlines = deadlines;
        this.clock = clock;
    }

    /** @param rules those to ask instead of today's; null for today's */
    Optional<Outcome> ask(Scope scope, long estate, String category, @Nullable List<Rule> rules) {
        var routing = rules == null ? book.current() : new Routing(rules);
        return jdbc.sql("select c.parent, c.urgency, " + RoutingBook.GROUND + """
                        from estate_now e join category c on c.code = :category and c.parent is not null
                        where e.id = :estate and e.community like any(:patterns)
                        """)
                .param("category", category)
                .param("estate", estate)
                .param("patterns", scope.patterns())
                .param("on", CivilTime.date(clock.instant()))
                .param("at", Timestamp.from(clock.instant()))
                .query((r, n) ->
                        new Asked(RoutingBook.ground(r), r.getString("parent"), Urgency.of(r.getString("urgency"))))
                .optional()
                .map(asked -> outcome(routing, asked, category));
    }

    private Outcome outcome(Routing routing, Asked asked, String category) {
        var answer = RoutingBook.answer(routing, asked.ground, category, asked.branch, asked.urgency);
        var fitting =
                routing.fitting(new Matter(asked.ground.community(), category, asked.branch, asked.ground.kinds()));
        var bodies = new java.util.ArrayList<Long>();
        if (answer.body() != null) {
            bodies.add(answer.body());
        }
        fitting.stream().map(Rule::body).filter(java.util.Objects::nonNull).forEach(bodies::add);
        var now = clock.instant();
        var clocks = deadlines.current();
        var about = new Deadlines.About(category, answer.urgency());
        return new Outcome(
                answer,
                lists.names(fitting.stream().map(Rule::about).toList(), bodies),
                fitting,
                clocks.due(about, Timer.TAKE, now),
                clocks.due(about, Timer.CONTACT, now),
                clocks.due(about, Timer.RESOLVE, now),
                clocks.rule(about, Timer.RESOLVE).words());
    }
}
