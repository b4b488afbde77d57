package org.hemei;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Objects;
import java.util.Set;
import org.hemei.testing.HemeiTest;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

/** What people say, where they live and who phoned never stands in an address, which any proxy writes into its log. */
@HemeiTest
class AddressTest {

    private static final Set<String> SAID = Set.of(
            "words",
            "place",
            "spot",
            "reason",
            "elsewhere",
            "result",
            "answer",
            "callerName",
            "callerPhone",
            "phone",
            "_csrf",
            "_once");

    @Autowired
    @Qualifier("requestMappingHandlerMapping")
    RequestMappingHandlerMapping mappings;

    @Test
    void no_page_reads_from_its_address_what_people_say() {
        var found = new ArrayList<String>();
        OurRoutes.of(mappings).forEach((route, handler) -> {
            if (!route.startsWith("GET ")) {
                return;
            }
            for (var parameter : handler.getMethodParameters()) {
                var asked = parameter.getParameterAnnotation(RequestParam.class);
                var name = asked == null
                        ? ""
                        : asked.value().isEmpty()
                                ? Objects.requireNonNull(handler.getMethod()
                                        .getParameters()[parameter.getParameterIndex()]
                                        .getName())
                                : asked.value();
                var form = parameter.getParameterType().getSimpleName();
                if (SAID.contains(name) || form.equals("FilingDraft") || form.equals("Filed")) {
                    found.add(route + ": " + (name.isEmpty() ? form : name));
                }
            }
        });
        assertThat(found).isEmpty();
    }

    /** With script a piece of a page is fetched: what a form holds, its keys included, goes by POST. */
    @Test
    void no_piece_of_a_page_is_fetched_with_a_form_in_its_address() throws IOException {
        var found = new ArrayList<String>();
        try (var files = Files.walk(Path.of("src", "main", "jte"))) {
            for (var file : files.filter(f -> f.toString().endsWith(".jte")).toList()) {
                for (var tag : Files.readString(file).split("<(?=[a-z])")) {
                    if (tag.contains("hx-get=") && tag.contains("hx-include=")) {
                        found.add(file.getFileName().toString());
                    }
                }
            }
        }
        assertThat(found).isEmpty();
    }
}
