package org.hemei.platform.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.matchesPattern;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.startsWith;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.multipart;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.content;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.header;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.jsonPath;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.status;

import jakarta.validation.Valid;
import jakarta.validation.constraints.Size;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.hemei.platform.Missing;
import org.hemei.platform.Refusal;
import org.hemei.platform.Refusal.Reason;
import org.hemei.platform.Stale;
import org.hemei.testing.HemeiTest;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.dao.PessimisticLockingFailureException;
import org.springframework.http.MediaType;
import org.springframework.jdbc.CannotGetJdbcConnectionException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.mock.web.MockMultipartFile;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.ResultActions;
import org.springframework.test.web.servlet.request.AbstractMockHttpServletRequestBuilder;
import org.springframework.test.web.servlet.setup.MockMvcBuilders;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.multipart.MaxUploadSizeExceededException;
import org.springframework.web.multipart.MultipartFile;
import org.springframework.web.servlet.ViewResolver;

/** Every kind of failure once as a page, once as a problem; a controller of the test throws it on request. */
@HemeiTest
class ErrorsTest {

    record Form(@Size(min = 4, message = "请写 4 个字以上。") String words) {}

    @RestController
    static class Thrower {

        private final JdbcClient jdbc;

        Thrower(JdbcClient jdbc) {
            this.jdbc = jdbc;
        }

        @RequestMapping({"/throw/{what}", "/api/throw/{what}"})
        String fail(@PathVariable String what) {
            throw switch (what) {
                case "refusal" -> Refusal.of("这单已经派出去了。");
                case "field" -> new Refusal(List.of(new Reason("words", "请写 4 个字以上。"), new Reason("estate", "请选小区。")));
                case "stale" -> new Stale("李**", "派单", Instant.parse("2026-11-23T06:05:00Z"));
                case "missing" -> new Missing("没有这个单子。");
                case "large" -> new MaxUploadSizeExceededException(1);
                case "busy" -> new PessimisticLockingFailureException("deadlock detected");
                case "away" -> new CannotGetJdbcConnectionException("connection refused");
                default -> new IllegalStateException("secret: select * from person");
            };
        }

        @GetMapping({"/typed/{id}", "/api/typed/{id}"})
        String typed(@PathVariable UUID id, @RequestParam(defaultValue = "1") int page) {
            return id + " " + page;
        }

        @PostMapping({"/form", "/api/form"})
        String form(@Valid Form form, @RequestParam int estate) {
            return form.words() + estate;
        }

        @PostMapping({"/file", "/api/file"})
        String file(@RequestParam MultipartFile file) {
            return file.getName();
        }

        @PostMapping(value = "/api/body", consumes = "application/json")
        String body(@RequestBody Map<String, String> body) {
            return jdbc.sql("select cast(:words as text)")
                    .param("words", body.get("words"))
                    .query(String.class)
                    .single();
        }
    }

    @Autowired
    ErrorPages pages;

    @Autowired
    ErrorAnswers answers;

    @Autowired
    ViewResolver viewResolver;

    @Autowired
    JdbcClient jdbc;

    private MockMvc mvc;

    @BeforeEach
    void build() {
        mvc = MockMvcBuilders.standaloneSetup(new Thrower(jdbc), new ErrorDoor(answers))
                .setControllerAdvice(pages)
                .setViewResolvers(viewResolver)
                .addFilters(new ReadableText())
                .build();
    }

    private ResultActions page(AbstractMockHttpServletRequestBuilder<?> request, int status) throws Exception {
        return mvc.perform(request.accept("text/html"))
                .andExpect(status().is(status))
                .andExpect(content().contentTypeCompatibleWith(MediaType.TEXT_HTML))
                .andExpect(content().string(not(containsString("Exception"))))
                .andExpect(content().string(not(containsString("org.hemei"))));
    }

    private ResultActions problem(AbstractMockHttpServletRequestBuilder<?> request, int status) throws Exception {
        return mvc.perform(request)
                .andExpect(status().is(status))
                .andExpect(content().contentType(MediaType.APPLICATION_PROBLEM_JSON))
                .andExpect(jsonPath("$.status").value(status))
                .andExpect(jsonPath("$.title").isNotEmpty())
                .andExpect(jsonPath("$.detail").isNotEmpty())
                .andExpect(content().string(not(containsString("Exception"))));
    }

    @Test
    void aRefusalSaysWhy() throws Exception {
        page(get("/throw/refusal"), 422).andExpect(content().string(containsString("这单已经派出去了。")));
        problem(get("/api/throw/refusal"), 422)
                .andExpect(jsonPath("$.type").value("urn:hemei:problem:refused"))
                .andExpect(jsonPath("$.detail").value("这单已经派出去了。"))
                .andExpect(jsonPath("$.errors").doesNotExist());
        page(get("/throw/field"), 422).andExpect(content().string(containsString("<li>请选小区。</li>")));
        problem(get("/api/throw/field"), 422)
                .andExpect(jsonPath("$.errors[0].field").value("words"))
                .andExpect(jsonPath("$.errors[1].words").value("请选小区。"));
    }

    @Test
    void aStaleFormSaysWhoDidWhatAndWhen() throws Exception {
        page(get("/throw/stale").header("Referer", "http://localhost/orders/340111-7?x=1"), 409)
                .andExpect(content().string(containsString("李**在2026年11月23日 周一 14:05派单了")))
                .andExpect(content().string(containsString("href=\"/orders/340111-7?x=1\"")));
        problem(get("/api/throw/stale"), 409).andExpect(jsonPath("$.type").value("urn:hemei:problem:stale"));
    }

    @Test
    void whatWasTypedIsGivenBack() throws Exception {
        var sent =
                multipart("/throw/stale").file(new MockMultipartFile("photos", "灯.jpg", "image/jpeg", new byte[] {1}));
        sent.param("reason", "灯坏了")
                .param("words", "三单元的灯<b>坏了</b>，请来看看")
                .param("day", "2026-11-23")
                .param("holder", "731000000042")
                .param("kind", "elevator_stuck")
                .param("_csrf", "票 面")
                .param("version", "7 7")
                .param("newPassword", "我的 密码");
        page(sent, 409)
                .andExpect(
                        content()
                                .string(
                                        matchesPattern(
                                                "(?s).*三单元的灯&lt;b&gt;坏了&lt;/b&gt;，请来看看</textarea>.*2026-11-23</textarea>.*灯坏了</textarea>.*")))
                .andExpect(content().string(containsString("要重新选")))
                .andExpect(content().string(not(containsString("731000000042"))))
                .andExpect(content().string(not(containsString("elevator_stuck"))))
                .andExpect(content().string(not(containsString("票 面"))))
                .andExpect(content().string(not(containsString("7 7"))))
                .andExpect(content().string(not(containsString("我的 密码"))));
        page(post("/throw/refusal").param("words", "派给别人"), 422)
                .andExpect(content().string(containsString("派给别人</textarea>")));
        page(get("/throw/stale").param("words", "派给别人"), 409)
                .andExpect(content().string(not(containsString("textarea"))));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://evil.example/orders",
                "javascript:alert(1)",
                "http://localhost//evil.example",
                "not an address"
            })
    void theWayBackNeverLeadsElsewhere(String referer) throws Exception {
        page(get("/throw/stale").header("Referer", referer), 409)
                .andExpect(content().string(not(containsString("回刚才那页"))));
    }

    @Test
    void whatIsNotThereIsNotFound() throws Exception {
        page(get("/throw/missing"), 404).andExpect(content().string(containsString("没有这个单子。")));
        problem(get("/api/throw/missing"), 404);
        page(get("/no/such/page"), 404);
        problem(get("/api/no/such/thing"), 404);
        page(get("/typed/not-an-id"), 404);
        problem(get("/api/typed/not-an-id"), 404);
    }

    @Test
    void parametersThatDoNotFitAreTheRequestsFault() throws Exception {
        var id = UUID.randomUUID();
        page(get("/typed/" + id).param("page", "abc"), 400);
        problem(get("/api/typed/" + id).param("page", "99999999999999999999"), 400)
                .andExpect(jsonPath("$.errors[0].field").value("page"));
        page(post("/form").param("words", "漏"), 400);
        problem(post("/api/form").param("words", "漏").param("estate", "1"), 400)
                .andExpect(jsonPath("$.errors[0].words").value("请写 4 个字以上。"));
        problem(post("/api/form").param("words", "漏水了呀"), 400)
                .andExpect(jsonPath("$.errors[0].field").value("estate"));
        problem(multipart("/api/file"), 400)
                .andExpect(jsonPath("$.errors[0].field").value("file"));
        problem(post("/api/body").contentType("application/json").content("{\"words\":"), 400);
    }

    @ParameterizedTest
    @ValueSource(strings = {"a\0b", "half \ud83d", "\udc00", "\ufffd"})
    void textThatCannotBeStoredIsTurnedAway(String words) throws Exception {
        assertThat(ReadableText.isText(words)).isFalse();
        mvc.perform(post("/form").param("words", words).param("estate", "1")).andExpect(status().isBadRequest());
        mvc.perform(get("/typed/x").param(words, "1").queryParam("q", "1")).andExpect(status().isBadRequest());
    }

    @Test
    void aNulInsideJsonIsTurnedAwayByTheDatabase() throws Exception {
        problem(post("/api/body").contentType("application/json").content("{\"words\":\"a\\u0000b\"}"), 400);
        assertThat(ReadableText.isText("𠮷野 🏠 漏水")).isTrue();
    }

    @Test
    void theOtherStatuses() throws Exception {
        page(get("/form"), 405).andExpect(header().string("Allow", "POST"));
        problem(get("/api/form"), 405);
        page(get("/throw/large"), 413).andExpect(content().string(containsString("15 MB")));
        problem(get("/api/throw/large"), 413);
        problem(post("/api/body").contentType("text/xml").content("<a/>"), 415);
        page(get("/throw/busy"), 409);
        problem(get("/api/throw/busy"), 409);
        page(get("/throw/away"), 503).andExpect(content().string(containsString("请过一分钟再试")));
        problem(get("/api/throw/away"), 503);
    }

    @Test
    void ourOwnFaultsShowANumberAndNothingElse() throws Exception {
        page(get("/throw/bug"), 500)
                .andExpect(content().string(containsString("我们这边出错了")))
                .andExpect(content().string(not(containsString("secret"))));
        problem(get("/api/throw/bug"), 500)
                .andExpect(jsonPath("$.reference").isNotEmpty())
                .andExpect(content().string(not(containsString("secret"))));
    }

    @Test
    void htmxGetsAPieceAndAScriptGetsAProblem() throws Exception {
        page(get("/throw/refusal").header("HX-Request", "true"), 422)
                .andExpect(content().string(startsWith("<div")))
                .andExpect(content().string(containsString("role=\"alert\"")));
        problem(get("/throw/refusal").accept("application/json"), 422);
    }

    @Test
    void whatTheContainerRefusedLooksTheSame() throws Exception {
        page(
                        get("/error")
                                .requestAttr("jakarta.servlet.error.status_code", 403)
                                .requestAttr("jakarta.servlet.error.request_uri", "/todo")
                                .requestAttr(ErrorPages.TITLE, "这一页放得太久了")
                                .requestAttr(ErrorPages.WORDS, "页面开得太久了，请刷新再试。"),
                        403)
                .andExpect(content().string(containsString("<h1>这一页放得太久了</h1>")))
                .andExpect(content().string(containsString("页面开得太久了")));
        problem(
                get("/error")
                        .requestAttr("jakarta.servlet.error.status_code", 413)
                        .requestAttr("jakarta.servlet.error.request_uri", "/api/v1/orders"),
                413);
        page(
                        get("/error")
                                .requestAttr("jakarta.servlet.error.status_code", 500)
                                .requestAttr(
                                        "jakarta.servlet.error.exception",
                                        new jakarta.servlet.ServletException(new IllegalStateException("secret"))),
                        500)
                .andExpect(content().string(not(containsString("secret"))));
        page(get("/error"), 404);
    }
}
