package org.hemei.workorder.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.hemei.OurRoutes;
import org.hemei.platform.web.ApiScopes;
import org.hemei.platform.web.Scoped;
import org.hemei.testing.HemeiTest;
import org.hemei.workorder.Standing;
import org.hemei.workorder.Transitions;
import org.hemei.workorder.Verb;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

/** Everything people can do with an order, a program can; and no part of the interface is open to tokens without a scope. */
@HemeiTest
class EveryVerbTest {

    @Autowired
    @Qualifier("requestMappingHandlerMapping")
    RequestMappingHandlerMapping mappings;

    @Autowired
    List<ApiScopes> rooms;

    @Test
    void every_verb_that_people_use_can_be_done_by_a_program() {
        Set<Verb> people = EnumSet.of(Verb.SUBMIT);
        Transitions.rows().stream()
                .filter(row -> row.who().stream().anyMatch(who -> who != Standing.CLOCK))
                .forEach(row -> people.add(row.verb()));
        Set<Verb> done = EnumSet.noneOf(Verb.class);
        OurRoutes.of(mappings).values().forEach(handler -> {
            var does = handler.getMethodAnnotation(Does.class);
            if (does != null) {
                done.addAll(Arrays.asList(does.value()));
            }
        });
        assertThat(done).as("verbs of the interface").containsExactlyInAnyOrderElementsOf(people);
    }

    @Test
    void a_verb_has_its_code_for_a_path() {
        OurRoutes.of(mappings).forEach((route, handler) -> {
            var does = handler.getMethodAnnotation(Does.class);
            if (does != null && does.value().length > 0 && does.value()[0] != Verb.SUBMIT) {
                assertThat(route).endsWith("/{id}/" + does.value()[0].code());
            }
        });
    }

    /** Incidents have no table of transitions: their pages say what people can do with one. */
    @Test
    void everything_people_do_with_an_incident_can_be_done_by_a_program() {
        var pages = new TreeSet<String>();
        var programs = new TreeSet<String>();
        OurRoutes.of(mappings).keySet().forEach(route -> {
            if (route.startsWith("POST /incidents/")) {
                pages.add(route.substring(route.lastIndexOf('/') + 1));
            } else if (route.startsWith("POST /api/v1/incidents")) {
                programs.add(route.endsWith("/incidents") ? "new" : route.substring(route.lastIndexOf('/') + 1));
            }
        });
        assertThat(pages).contains("new", "note", "attach", "end");
        assertThat(programs).isEqualTo(pages);
    }

    @Test
    void every_part_of_the_interface_names_a_scope_that_there_is() {
        var scopes = rooms.stream()
                .flatMap(room -> room.scopes().stream())
                .map(ApiScopes.Scope::code)
                .toList();
        assertThat(scopes).doesNotHaveDuplicates();
        OurRoutes.of(mappings).forEach((route, handler) -> {
            if (route.contains(" /api/")) {
                var scoped = scoped(handler);
                assertThat(scoped).as(route + " has no scope").isNotNull();
                assertThat(scopes).as(route).contains(scoped.value());
                assertThat(route.startsWith("GET ") || !scoped.value().endsWith(":read"))
                        .as(route + " writes by a scope that reads")
                        .isTrue();
            }
        });
    }

    private static Scoped scoped(HandlerMethod handler) {
        var own = handler.getMethodAnnotation(Scoped.class);
        return own == null ? AnnotatedElementUtils.findMergedAnnotation(handler.getBeanType(), Scoped.class) : own;
    }
}
