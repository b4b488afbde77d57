package org.hemei;

import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.hemei.access.Role;

/**
 * The routes with a request that nothing is wrong with, so that one bad value at a time can be put into it. Where the route
 * table's own line is refused already, or has one verb for many, there is a better one here.
 */
final class HostileRoutes {

    /** @param name tells variants of one route apart */
    record Start(String name, RouteTable.Line line, Map<String, String> with, boolean variant) {}

    /** Cannot get further than the door in these tests, and who asks them instead. */
    static final Map<String, String> BEHIND_A_DOOR = Map.of(
            "POST /sign-in/demo", "only with the demo city: DemoCityTest",
            "GET /setup", "only with the token of an empty system: SetupTest",
            "POST /setup", "only with the token of an empty system: SetupTest",
            "GET /demo/mailbox", "only with the demo city: DemoCityTest, NoticesTest");

    private static final AtomicInteger COUNT = new AtomicInteger();

    private static final Map<String, String> BETTER = Map.ofEntries(
            Map.entry(
                    "POST /orders",
                    "_once=$once estate=$garden building=$building unit=$unit category=$category words=水管漏水，请来看看。"),
            Map.entry("POST /orders/new", "_once=$once step=2 spot=%spot category=$category words=水管漏水，请来看看。"),
            Map.entry(
                    "POST /desk/orders/new",
                    "_once=$once estate=$garden category=$category words=水管漏水，请来看看。 channel=phone callerName=王小二 callerPhone=13800001111"),
            Map.entry("POST /admin/accounts/new", "_once=$once name=王小二 username=%name password=Xin-Mi-Ma-8"),
            Map.entry("POST /me/bind", "_once=$once unit=$empty-unit relation=owner words=我住这里"),
            Map.entry("POST /calendar", "first=2031-05-01 last=2031-05-03 kind=holiday name=劳动节 basis=通知"),
            Map.entry("POST /calendar/clear", "day=2031-05-01"),
            Map.entry("POST /sign-in/phone", "phone=%phone"),
            Map.entry("POST /sign-in/code", "phone=%phone code=123456"),
            Map.entry(
                    "POST /orders/{id}/ask-help",
                    "id=$order.working version=$version body=$helper-body what=来看看 due=%day"),
            Map.entry("POST /api/v1/orders", "estate=$garden category=$category words=水管漏水，请来看看。"));

    /** verb|role|with: every verb of the API in a state where it may be done. */
    private static final List<String> VERBS = List.of(
            "reject|COMMUNITY|id=$order.submitted version=$version words=不归这里管 elsewhere=打12345",
            "answer|COMMUNITY|id=$order.submitted version=$version words=周五会来修",
            "merge|COMMUNITY|id=$order.submitted version=$version kept=$twin",
            "dispatch|COMMUNITY|id=$order.submitted version=$version holder=$company",
            "take|MANAGER|id=$order.dispatched version=$version",
            "assign|MANAGER|id=$order.working version=$version assignee=$staff",
            "contact|STAFF|id=$order.working version=$version how=phone words=约好了",
            "resolve|STAFF|id=$order.working version=$version words=修好了",
            "verify|COMMUNITY|id=$order.resolved version=$version words=看过了",
            "send_back|COMMUNITY|id=$order.resolved version=$version words=还在漏",
            "ask_help|MANAGER|id=$order.working version=$version body=$helper-body words=来看看 due=%instant",
            "help_accept|HELPER|id=$order.helped version=$version assist=$assist",
            "help_decline|HELPER|id=$order.helped version=$version assist=$assist words=没有人手",
            "help_done|HELPER|id=$order.helping version=$version assist=$assist words=换好了",
            "join|RESIDENT|id=$order.submitted version=$version",
            "deny_contact|RESIDENT|id=$order.contacted version=$version",
            "remark|RESIDENT|id=$order.submitted version=$version words=补一句",
            "urge|RESIDENT|id=$order.dispatched version=$version",
            "withdraw|RESIDENT|id=$order.submitted version=$version words=好了",
            "rate|RESIDENT|id=$order.verified version=$version solved=true satisfied=5 words=好");

    private HostileRoutes() {}

    static List<Start> all() {
        var starts = new ArrayList<Start>();
        for (var line : RouteTable.read().lines()) {
            var better = BETTER.get(line.route());
            starts.add(new Start(line.route(), line, better == null ? line.with() : pairs(better), false));
            if (line.path().endsWith("/{verb}")) {
                VERBS.forEach(text -> starts.add(variant(line, text.split("\\|"))));
            }
        }
        return starts;
    }

    private static Start variant(RouteTable.Line line, String[] cells) {
        var with = pairs(cells[2]);
        with.put("verb", cells[0]);
        var own = new RouteTable.Line(
                line.method(),
                line.path(),
                false,
                false,
                java.util.Set.of(Role.valueOf(cells[1])),
                line.refuses(),
                line.foreign(),
                with);
        return new Start(line.route() + " " + cells[0], own, with, true);
    }

    /** Fills in what is said with % or, a thing of the town, with $. */
    static Map<String, String> filled(Map<String, String> with, RouteThings.Made made) {
        var filled = new LinkedHashMap<String, String>();
        with.forEach((name, text) -> filled.put(
                name,
                switch (text) {
                    case "%spot" -> made.value("$garden") + "-" + made.value("$building") + "-" + made.value("$unit");
                    case "%name" -> "hostile" + COUNT.incrementAndGet();
                    case "%phone" -> "198" + "%08d".formatted(COUNT.incrementAndGet());
                    case "%day" ->
                        LocalDate.now(java.time.ZoneOffset.UTC).plusDays(4).toString();
                    case "%instant" ->
                        Instant.now()
                                .plus(3, ChronoUnit.DAYS)
                                .truncatedTo(ChronoUnit.SECONDS)
                                .toString();
                    default -> made.value(text);
                }));
        return filled;
    }

    private static Map<String, String> pairs(String text) {
        var with = new LinkedHashMap<String, String>();
        for (var piece : text.split("\\s+")) {
            with.put(piece.substring(0, piece.indexOf('=')), piece.substring(piece.indexOf('=') + 1));
        }
        return with;
    }
}
