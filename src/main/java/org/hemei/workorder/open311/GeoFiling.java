package org.hemei.workorder.open311;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.hemei.platform.Reader;
import org.hemei.platform.Refusal;
import org.hemei.platform.web.Form;
import org.hemei.platform.web.Scoped;
import org.hemei.workorder.SubmissionDesk;
import org.hemei.workorder.api.OrderScopes;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Open311 GeoReport v2, reporting: with the token of a program, which files for a community like its desk does. */
@RestController
@Tag(name = "Open311")
@Scoped(value = OrderScopes.OPEN311, tokenOnly = true)
@RequestMapping("/open311/v2")
class GeoFiling {

    private final Services services;
    private final Locating locating;
    private final SubmissionDesk submissions;
    private final JdbcClient jdbc;

    GeoFiling(Services services, Locating locating, SubmissionDesk submissions, JdbcClient jdbc) {
        this.services = services;
        this.locating = locating;
        this.submissions = submissions;
        this.jdbc = jdbc;
    }

    @PostMapping(
            path = "/requests.{format:[a-z]+}",
            consumes = {MediaType.APPLICATION_FORM_URLENCODED_VALUE, MediaType.MULTIPART_FORM_DATA_VALUE})
    @Operation(summary = "报一件事", description = "POST Service Request，api_key 就是令牌")
    ResponseEntity<byte[]> file(
            Reader reader,
            @PathVariable String format,
            @RequestHeader(name = "Idempotency-Key", required = false) @Nullable String key,
            @Parameter(hidden = true) @RequestParam MultiValueMap<String, String> said) {
        var form = Form.of(said);
        GeoReport.area(jdbc, form.get("jurisdiction_id"));
        var service = service(form.get("service_code"));
        if (key != null && (key.length() < 8 || key.length() > 80)) {
            throw GeoError.wrong("Idempotency-Key 要 8 到 80 个字符。");
        }
        try {
            var id = submissions.submit(
                    reader,
                    Objects.requireNonNullElse(key, UUID.randomUUID().toString()),
                    submission(reader, form, service));
            return GeoReport.answer(
                    format,
                    new Node.Many(
                            "service_requests",
                            List.of(Node.group(
                                    "request",
                                    Node.value("service_request_id", id.toString()),
                                    Node.value("service_notice", notice(form)),
                                    Node.value("account_id", null)))));
        } catch (Refusal refusal) {
            throw GeoError.wrong(
                    refusal.reasons().stream().map(Refusal.Reason::words).toList());
        }
    }

    private Services.Service service(String code) {
        if (code.isEmpty()) {
            throw GeoError.wrong("少了 service_code。");
        }
        return services.find(code).orElseThrow(() -> GeoError.missing("没有这个 service_code。请看 services 里有哪些。"));
    }

    private SubmissionDesk.Submission submission(Reader reader, Form form, Services.Service service) {
        var estate = locating.estate(
                reader, form.get("address_id"), form.get("address_string"), form.get("lat"), form.get("long"));
        var channel = form.get("attribute[channel]");
        return new SubmissionDesk.Submission(
                estate,
                locating.building(estate, form.get("attribute[building]")),
                null,
                service.code(),
                form.get("description"),
                form.get("attribute[place]"),
                false,
                List.of(),
                channel.isEmpty() ? "phone" : channel,
                form.get("last_name") + form.get("first_name"),
                form.get("phone"));
    }

    /** An address on somebody else's server is not fetched: who asks us to fetch decides what we fetch. */
    private static String notice(Form form) {
        return "社区受理后派单。" + (form.get("media_url").isEmpty() ? "" : "media_url 的照片没有取。");
    }
}
