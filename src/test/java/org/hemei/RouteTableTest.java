package org.hemei;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hemei.testing.SignedInAs.as;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.csrf;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.hemei.access.Role;
import org.hemei.platform.Reader;
import org.hemei.testing.HemeiTest;
import org.hemei.testing.Town;
import org.hemei.testing.Towns;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.request.AbstractMockHttpServletRequestBuilder;
import org.springframework.test.web.servlet.request.MockMvcRequestBuilders;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;
import tools.jackson.databind.json.JsonMapper;

/** K1: every route × every role × here and elsewhere, against one table. A route that is not in the table fails. */
@HemeiTest
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RouteTableTest {

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
    JsonMapper json;

    Town town;
    Town elsewhere;

    /** So many lines share towns: each makes its orders there, and a resident may file so many an hour. */
    private static final int SHARING = 8;

    /** Where nothing is done but reading, and another such. */
    private List<Town> quiet;

    /** Whose people send forms about the things of others, and about themselves. */
    private Town busy;

    private int shared;

    @BeforeAll
    void build() {
        quiet = List.of(towns.make(), towns.make());
        busy = towns.make();
    }

    /** What a form has changed is not the next line's; reading changes nothing, so some that read share their towns. */
    private void settle(RouteTable.Line line) {
        if (++shared % SHARING == 0) {
            build();
        }
        var reads = line.method().equals("GET");
        town = reads ? quiet.getFirst() : towns.make();
        elsewhere = reads ? quiet.getLast() : busy;
    }

    static Stream<RouteTable.Line> lines() {
        return RouteTable.read().lines().stream();
    }

    @Test
    void everyRouteIsInTheTableAndEveryLineIsARoute() {
        assertThat(lines().map(RouteTable.Line::route))
                .doesNotHaveDuplicates()
                .containsExactlyInAnyOrderElementsOf(OurRoutes.of(mappings).keySet());
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("lines")
    void onlyThoseWhoMayAreLetIn(RouteTable.Line line) throws Exception {
        settle(line);
        List<String> wrong = new ArrayList<>();
        if (!line.visitor()) {
            var visitor = call(line, Reader.VISITOR, things.made(town, Reader.VISITOR));
            var right = line.gone() ? isShut(visitor) : asksToSignIn(visitor);
            check(wrong, "visitor is sent to sign in", right, visitor);
        }
        for (var role : Role.values()) {
            var here = town.who(role);
            if (!line.roles().contains(role)) {
                var made = things.made(town, here);
                var shut = call(line, here, made);
                var kept = isShut(shut) || line.refuses() && isRefused(shut, made);
                check(wrong, role + " is kept out", kept && made.untouched(), shut);
                continue;
            }
            var there = role == Role.CITY || role.administers()
                    ? elsewhere.who(role)
                    : town.far().who(role);
            foreign(line, role, there, wrong);
            var open = call(line, here, things.made(town, here));
            check(wrong, role + " is let in", isOpen(open), open);
        }
        if (line.visitor()) {
            var open = call(line, Reader.VISITOR, things.made(town, Reader.VISITOR));
            check(wrong, "visitor is let in", isOpen(open), open);
        }
        assertThat(wrong).as(line.route()).isEmpty();
    }

    private void foreign(RouteTable.Line line, Role role, Reader there, List<String> wrong) throws Exception {
        var answer = call(line, there, things.foreign(town, there));
        switch (line.foreign()) {
            case SHUT -> check(wrong, role + " of elsewhere is kept out", isShut(answer), answer);
            case SAME -> check(wrong, role + " of elsewhere is let in", isOpen(answer), answer);
            case OWN -> {
                check(wrong, role + " of elsewhere gets their own", isOpen(answer), answer);
                var page = answer.getContentAsString();
                for (var near :
                        new String[] {RouteThings.WORDS, "花园" + town.city() + "-1", "院子" + town.city() + "-1"}) {
                    check(wrong, role + " of elsewhere does not see " + near, !page.contains(near), answer);
                }
            }
        }
    }

    private static void check(List<String> wrong, String what, boolean holds, MockHttpServletResponse answer) {
        if (!holds) {
            wrong.add("%s: got %d%s"
                    .formatted(
                            what,
                            answer.getStatus(),
                            answer.getRedirectedUrl() == null ? "" : " → " + answer.getRedirectedUrl()));
        }
    }

    private static boolean asksToSignIn(MockHttpServletResponse answer) {
        return answer.getStatus() == 401
                || answer.getRedirectedUrl() != null
                        && answer.getRedirectedUrl().startsWith("/sign-in");
    }

    private static boolean isShut(MockHttpServletResponse answer) {
        return answer.getStatus() == 403 || answer.getStatus() == 404;
    }

    private static boolean isRefused(MockHttpServletResponse answer, RouteThings.Made made) {
        return answer.getStatus() == 409
                || answer.getStatus() == 422
                || made.order() != null && ("/orders/" + made.order()).equals(answer.getRedirectedUrl());
    }

    private static boolean isOpen(MockHttpServletResponse answer) {
        return answer.getStatus() < 500 && answer.getStatus() != 405 && !isShut(answer) && answer.getStatus() != 401;
    }

    private MockHttpServletResponse call(RouteTable.Line line, Reader reader, RouteThings.Made made) throws Exception {
        var address = line.address(made::value);
        assertThat(address.path()).as("a thing for every place in the path").doesNotContain("{");
        return mvc.perform(request(line.method(), address.path(), address.params())
                        .with(as(reader))
                        .with(csrf()))
                .andReturn()
                .getResponse();
    }

    private AbstractMockHttpServletRequestBuilder<?> request(
            String method, String path, java.util.Map<String, String> params) {
        if (path.startsWith("/api/") && !method.equals("GET")) {
            return MockMvcRequestBuilders.request(HttpMethod.valueOf(method), path)
                    .contentType(MediaType.APPLICATION_JSON)
                    .header("Idempotency-Key", java.util.UUID.randomUUID().toString())
                    .content(json.writeValueAsString(params));
        }
        AbstractMockHttpServletRequestBuilder<?> request = method.equals("POST")
                ? MockMvcRequestBuilders.multipart(path)
                : MockMvcRequestBuilders.request(HttpMethod.valueOf(method), path);
        params.forEach(request::param);
        return request;
    }

    @Test
    void thereIsSomebodyOfEveryRole() {
        town = quiet.getFirst();
        assertThat(Arrays.stream(Role.values()).map(town::who).distinct()).hasSize(Role.values().length);
    }
}
