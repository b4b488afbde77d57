package org.hemei.platform.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.parser.OpenAPIV3Parser;
import io.swagger.v3.parser.core.models.ParseOptions;
import java.io.UnsupportedEncodingException;
import java.nio.charset.StandardCharsets;
import java.util.TreeSet;
import org.hemei.OurRoutes;
import org.hemei.testing.HemeiTest;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.test.web.servlet.assertj.MockMvcTester;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

/** The OpenAPI document: without a fault for a parser that is not ours, and complete; and its page shows all of it. */
@HemeiTest
class ApiDocumentTest {

    @Autowired
    MockMvcTester mvc;

    @Autowired
    @Qualifier("requestMappingHandlerMapping")
    RequestMappingHandlerMapping mappings;

    OpenAPI api;

    @BeforeEach
    void read() {
        var options = new ParseOptions();
        options.setResolve(true);
        var parsed = new OpenAPIV3Parser().readContents(text("/v3/api-docs"), null, options);
        assertThat(parsed.getMessages()).as("what the parser finds fault with").isEmpty();
        api = parsed.getOpenAPI();
    }

    private String text(String path) {
        var answer = mvc.get().uri(path).exchange();
        assertThat(answer).hasStatusOk();
        try {
            return answer.getResponse().getContentAsString(StandardCharsets.UTF_8);
        } catch (UnsupportedEncodingException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void every_route_of_the_interface_is_described() {
        var described = new TreeSet<String>();
        api.getPaths()
                .forEach((path, item) -> item.readOperationsMap().keySet().forEach(m -> described.add(m + " " + path)));
        var routes = new TreeSet<String>();
        OurRoutes.of(mappings).keySet().stream()
                .filter(route -> route.contains(" /api/") || route.contains(" /open311/"))
                .forEach(route -> routes.add(route.replaceAll(":[^{}/]*\\}", "}")));
        assertThat(described).isEqualTo(routes);
    }

    @Test
    void every_call_says_what_it_is_for_what_it_answers_and_what_can_go_wrong() {
        var ids = new TreeSet<String>();
        api.getPaths()
                .forEach((path, item) -> item.readOperationsMap().forEach((method, call) -> {
                    var name = method + " " + path;
                    assertThat(ids.add(call.getOperationId()))
                            .as(name + " has an id of its own")
                            .isTrue();
                    assertThat(call.getSummary()).as(name).matches("(?s).*\\p{IsHan}.*");
                    assertThat(call.getTags()).as(name).hasSize(1);
                    assertThat(call.getResponses().keySet()).as(name).anyMatch(status -> status.startsWith("2"));
                    if (path.startsWith("/api/")) {
                        assertThat(call.getResponses()).as(name).containsKeys("401", "403", "422", "429");
                        assertThat(call.getSecurity()).as(name).hasSize(1);
                        assertThat(call.getResponses().entrySet().stream()
                                        .filter(response -> response.getKey().startsWith("2"))
                                        .allMatch(
                                                response -> response.getValue().getContent() != null))
                                .as(name + " says what it answers")
                                .isTrue();
                    }
                    var parameters = call.getParameters() == null
                            ? java.util.List.<io.swagger.v3.oas.models.parameters.Parameter>of()
                            : call.getParameters();
                    assertThat(parameters)
                            .as(name)
                            .allMatch(p -> p.getSchema() != null)
                            .noneMatch(p -> p.getName().equals("reader"));
                    if (path.startsWith("/api/v1/orders/{id}/") && method.name().equals("POST")) {
                        assertThat(parameters)
                                .as(name)
                                .extracting("name")
                                .contains("id", "Idempotency-Key", "If-Match");
                    }
                }));
        assertThat(api.getComponents().getSchemas()).containsKeys("Problem", "Order", "NewOrder", "History");
        assertThat(api.getComponents().getSecuritySchemes()).hasSize(1);
    }

    @Test
    void the_page_shows_every_call_and_finds_by_words() {
        var page = text("/docs/api");
        api.getPaths().forEach((path, item) -> assertThat(page).contains("<code>" + path + "</code>"));
        assertThat(page)
                .contains("Authorization: Bearer $TOKEN", "Idempotency-Key")
                .doesNotContain("<style", "style=", "onclick");
        var found = text("/docs/api?q=派单");
        assertThat(found).contains("/api/v1/orders/{id}/dispatch").doesNotContain("<code>/api/v1/categories</code>");
        assertThat(text("/docs/api?q=nonsense")).contains("没有找到");
        assertThat(text("/")).contains("href=\"/docs/api\"");
    }
}
