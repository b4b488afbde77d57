package org.hemei;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hemei.testing.SignedInAs.as;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.csrf;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.RequestDispatcher;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.hemei.access.Role;
import org.hemei.platform.Reader;
import org.hemei.robustness.Bar;
import org.hemei.testing.HemeiTest;
import org.hemei.testing.Pictures;
import org.hemei.testing.Town;
import org.hemei.testing.Towns;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.mock.web.MockMultipartFile;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.request.MockMvcRequestBuilders;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

/**
 * R3: every field of every route, filled with what no page would send. Whatever comes, the answer is in words for whoever
 * asked, tells nothing of our insides, and a request that is turned away has written nothing.
 */
@HemeiTest
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class HostileInputTest {

    /** The quality bar; each field is spoiled in as many ways as it takes, another choice for each, so more routes do not make the test longer. */
    private static final int LEAST_CALLS = 10_000;

    private static final int LEAST_PER_FIELD = 2;
    private static final int MOST_PER_FIELD = HostileValues.TEXTS.size();

    /** What every route shares is tried in turn: the whole of it over a few neighbours. */
    private static final int WHOLE_PER_ROUTE = 3;

    private static final List<String> TYPES = List.of("text/xml", "application/json", "no type", "multipart/form-data");
    private static final AtomicInteger ADDRESS = new AtomicInteger();

    /** One way of spoiling a request. */
    private record Spoiling(String name, Consumer<HostileRequest> change) {}

    @Autowired
    MockMvc mvc;

    @Autowired
    @Qualifier("requestMappingHandlerMapping")
    RequestMappingHandlerMapping mappings;

    @Autowired
    Towns towns;

    @Autowired
    RouteThings things;

    @Autowired
    JdbcClient jdbc;

    private final Map<String, Integer> wrong = new TreeMap<>();
    private int calls;
    private int perField;
    private Town town;
    private WriteWatch watch;
    private boolean clean;

    @BeforeAll
    void build() {
        town = towns.make();
        watch = new WriteWatch(jdbc);
    }

    @AfterAll
    void tidy() {
        watch.close();
        jdbc.sql("delete from calendar_day where day >= date '2031-01-01'").update();
        jdbc.sql("delete from notice_template").update();
    }

    @Test
    void everyFieldOfEveryRouteMayBeWrong() throws Exception {
        var handlers = OurRoutes.of(mappings);
        var reached = new TreeSet<String>();
        assertThat(silent(handlers))
                .as("free forms whose fields routes/ does not name")
                .isEmpty();
        perField = Integer.getInteger("hemei.hostile.values", enough(handlers));
        for (var start : HostileRoutes.all()) {
            var handler = handlers.get(start.line().route());
            assertThat(handler).as(start.name()).isNotNull();
            if (walk(start, handler)) {
                reached.add(start.line().route());
            } else if (start.line().note("door").isPresent()) {
                reached.add(start.line().route());
            } else {
                wrong.put(start.name() + ": not even a request with nothing wrong gets through", 1);
            }
        }
        Bar.write("R3", wrong.size(), Map.of("requests", calls, "routes", reached.size(), "wrong", wrong.keySet()));
        assertThat(String.join("\n", wrong.keySet()))
                .as("after %d calls", calls)
                .isEmpty();
        assertThat(reached).as("routes exercised").containsExactlyInAnyOrderElementsOf(handlers.keySet());
        assertThat(calls).isGreaterThanOrEqualTo(LEAST_CALLS);
    }

    private List<String> silent(Map<String, HandlerMethod> handlers) {
        List<String> silent = new ArrayList<>();
        for (var start : HostileRoutes.all()) {
            try {
                spoilings(start, handlers.get(start.line().route()));
            } catch (IllegalStateException e) {
                silent.add(e.getMessage());
            }
        }
        return silent;
    }

    /** The fewest ways a field that make enough calls. */
    private int enough(Map<String, HandlerMethod> handlers) {
        for (perField = LEAST_PER_FIELD; perField < MOST_PER_FIELD; perField++) {
            var planned = HostileRoutes.all().stream()
                    .mapToInt(start ->
                            spoilings(start, handlers.get(start.line().route())).size())
                    .sum();
            if (planned >= LEAST_CALLS) {
                return perField;
            }
        }
        return MOST_PER_FIELD;
    }

    /** Whether the request with nothing wrong got through. */
    private boolean walk(HostileRoutes.Start start, HandlerMethod handler) throws Exception {
        var roles = start.line().roles().stream().sorted().toList();
        var turn = 0;
        var made = new HashMap<Role, Map<String, String>>();
        var readers = new HashMap<Role, Reader>();
        var through = false;
        for (var spoiling : spoilings(start, handler)) {
            var role = roles.isEmpty() ? Role.SYSTEM : roles.get(turn++ % roles.size());
            var reader = readers.computeIfAbsent(role, r -> somebody(start, r));
            if (!made.containsKey(role)) {
                clean = false;
            }
            var with = made.computeIfAbsent(role, r -> HostileRoutes.filled(start.with(), things.made(town, reader)));
            var request = new HostileRequest(start.line(), with);
            if (start.line().path().equals("/attachments")) {
                request.params.add("district", String.valueOf(town.near().district()));
                request.files.add(new MockMultipartFile("file", "x.png", "image/png", Pictures.of("png", 40, 30)));
            }
            spoiling.change.accept(request);
            var status = call(start.name() + " as " + role + " " + spoiling.name, reader, request);
            if (spoiling.name.isEmpty()) {
                through = status < 400 || status == 409 || status == 422;
            }
            if (status < 400 && !request.method.equals("GET")) {
                made.remove(role);
                readers.remove(role);
            }
        }
        return through;
    }

    private Reader somebody(HostileRoutes.Start start, Role role) {
        if (start.name().contains("me-too") || start.name().endsWith(" join")) {
            return town.near().neighbour();
        }
        // a resident may file so many orders an hour: a fresh one for every order
        return role == Role.RESIDENT
                ? towns.resident(town.near().garden(), town.near().unit())
                : town.who(role);
    }

    private List<Spoiling> spoilings(HostileRoutes.Start start, HandlerMethod handler) {
        var all = new ArrayList<Spoiling>();
        all.add(new Spoiling("", request -> {}));
        var route = start.line().route();
        var frame = List.of("done", "care");
        for (var field : HostileFields.of(start.line().method(), start.line().path(), handler)) {
            if (start.variant() && !start.with().containsKey(field.name())) {
                continue;
            }
            var ours = !frame.contains(field.name());
            if (!ours && !HostileValues.some(frame, route, 1).contains(field.name())) {
                continue;
            }
            var ways = ways(start.name() + " " + field.name(), field, ours);
            all.addAll(ways.subList(0, Math.min(ours ? perField : 1, ways.size())));
        }
        if (!start.variant()) {
            all.addAll(HostileValues.some(whole(route), route, WHOLE_PER_ROUTE));
            all.addAll(broken(route));
        }
        return all;
    }

    /** What can be wrong with one field: it is not there, it is a text, it is a script, for each field in an order of its own; then more texts. */
    private static List<Spoiling> ways(String name, HostileFields.Field field, boolean ours) {
        var texts = new ArrayList<Spoiling>();
        for (var value : HostileValues.some(HostileValues.TEXTS, name, MOST_PER_FIELD)) {
            texts.add(new Spoiling(field + " = " + shown(value), request -> request.put(field, value)));
        }
        var first = new ArrayList<Spoiling>();
        first.add(new Spoiling("without " + field.name(), request -> request.remove(field)));
        first.add(texts.removeFirst());
        if (ours) {
            var script = HostileValues.SCRIPT + HostileValues.IMAGE + HostileValues.EXPRESSION;
            first.add(new Spoiling(field + " = script", request -> request.put(field, script)));
        }
        if (field.kind() == HostileFields.Kind.JSON) {
            var value = HostileValues.some(HostileValues.JSON, name, 1).getFirst();
            first.add(new Spoiling(field + " : " + shown(value), request -> request.json.put(field.name(), value)));
        }
        var all = new ArrayList<>(HostileValues.some(first, name, first.size()));
        all.addAll(texts);
        return all;
    }

    /** What can be wrong with a request as a whole. */
    private static List<Spoiling> whole(String route) {
        var all = new ArrayList<Spoiling>();
        all.add(new Spoiling("with nothing in it", request -> {
            request.params.clear();
            request.json.clear();
        }));
        all.add(new Spoiling(
                "with everything twice",
                request -> request.params.replaceAll(
                        (name, values) -> List.of(values.getFirst(), values.getFirst() + "x"))));
        HostileValues.some(HostileValues.PRYING, route, 1)
                .forEach(name -> all.add(new Spoiling("with " + name, request -> request.params.add(name, "1"))));
        all.add(new Spoiling("with a referer of bytes", request -> request.headers.put("Referer", "http://[\u0081")));
        all.add(new Spoiling("as a piece", request -> request.headers.put("HX-Request", "true")));
        all.add(new Spoiling("wanting nonsense", request -> request.headers.put("Accept", "no/such;q=x,\u0081")));
        all.add(new Spoiling("by another method", request -> request.method = "PUT"));
        if (!route.startsWith("GET")) {
            for (var type : HostileValues.some(TYPES, route, 2)) {
                all.add(new Spoiling("as " + type, request -> {
                    request.contentType = type;
                    request.body = "<a/>";
                }));
            }
        }
        return all;
    }

    private static List<Spoiling> broken(String route) {
        return route.startsWith("POST /api/")
                ? HostileValues.BROKEN_BODIES.stream()
                        .map(body -> new Spoiling("body " + shown(body), request -> request.body = body))
                        .toList()
                : List.of();
    }

    private static String shown(String value) {
        var text = value.length() > 24 ? value.substring(0, 24) + "…" + value.length() : value;
        return text.codePoints()
                .mapToObj(c -> c >= ' ' && !Character.isISOControl(c) && !(c >= 0xD800 && c <= 0xDFFF)
                        ? Character.toString(c)
                        : "\\u%04x".formatted(c))
                .collect(Collectors.joining());
    }

    private int call(String name, Reader reader, HostileRequest request) throws Exception {
        calls++;
        if (!clean) {
            watch.since();
        }
        MockHttpServletResponse answer;
        try {
            answer = answer(reader, request);
        } catch (Exception e) {
            note(name + ": nobody caught " + e);
            clean = false;
            return 500;
        }
        HostileAnswer.check(request, answer).forEach(what -> note(name + ": " + what));
        clean = answer.getStatus() >= 400;
        if (clean) {
            var written = watch.since();
            if (!written.isEmpty()) {
                note(name + ": " + answer.getStatus() + ", yet written: " + written);
            }
        }
        return answer.getStatus();
    }

    private void note(String what) {
        wrong.merge(what, 1, Integer::sum);
    }

    private MockHttpServletResponse answer(Reader reader, HostileRequest request) throws Exception {
        var number = ADDRESS.incrementAndGet();
        var from = "10.%d.%d.%d".formatted(number >> 16 & 255, number >> 8 & 255, number & 255);
        var result = mvc.perform(request.build().with(as(reader)).with(csrf()).with(r -> {
                    r.setRemoteAddr(from);
                    return r;
                }))
                .andReturn();
        var answer = result.getResponse();
        if (answer.getStatus() < 400 || answer.getContentAsByteArray().length > 0) {
            return answer;
        }
        // where the container leads what was turned away before a controller
        var door = MockMvcRequestBuilders.get("/error")
                .header("Accept", String.valueOf(request.headers.get("Accept")))
                .requestAttr(RequestDispatcher.ERROR_STATUS_CODE, answer.getStatus())
                .requestAttr(
                        RequestDispatcher.ERROR_REQUEST_URI,
                        String.valueOf(result.getRequest().getRequestURI()));
        return mvc.perform(door.with(as(reader)).with(r -> {
                    r.setDispatcherType(DispatcherType.ERROR);
                    return r;
                }))
                .andReturn()
                .getResponse();
    }
}
