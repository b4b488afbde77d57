package org.hemei.workorder.open311;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.List;
import org.hemei.platform.Missing;
import org.hemei.platform.Reader;
import org.hemei.platform.web.Scoped;
import org.hemei.workorder.OrderId;
import org.hemei.workorder.api.OrderScopes;
import org.jspecify.annotations.Nullable;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseEntity;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Open311 GeoReport v2, reading: anybody may, and sees what the public may see; a program with its key also what it filed. */
@RestController
@Scoped(OrderScopes.OPEN311)
@Tag(name = "Open311", description = "GeoReport v2，别的城市的程序通用的格式")
@RequestMapping("/open311/v2")
class GeoReport {

    static final Duration SPAN = Duration.ofDays(90);

    private static final Duration FRESH = Duration.ofMinutes(1);
    private static final String ENDING = ".{format:[a-z]+}";

    private final Services services;
    private final PublicRequests requests;
    private final InstantSource clock;
    private final JdbcClient jdbc;

    GeoReport(Services services, PublicRequests requests, InstantSource clock, JdbcClient jdbc) {
        this.services = services;
        this.requests = requests;
        this.clock = clock;
        this.jdbc = jdbc;
    }

    @GetMapping("/services" + ENDING)
    @Operation(summary = "能报的事", description = "GET Service List")
    ResponseEntity<byte[]> services(
            @PathVariable String format,
            @RequestParam(name = "jurisdiction_id", defaultValue = "") String jurisdiction) {
        area(jurisdiction);
        var all = services.all().stream().map(Services.Service::document).toList();
        return open(format, new Node.Many("services", all));
    }

    @GetMapping("/services/{code:[a-z0-9_.]+}" + ENDING)
    @Operation(summary = "报一件事还能填什么", description = "GET Service Definition")
    ResponseEntity<byte[]> service(
            @PathVariable String code,
            @PathVariable String format,
            @RequestParam(name = "jurisdiction_id", defaultValue = "") String jurisdiction) {
        area(jurisdiction);
        var service = services.find(code).orElseThrow(() -> GeoError.missing("没有 service_code 是“" + code + "”的。"));
        return open(format, Services.definition(service.code()));
    }

    @GetMapping("/requests" + ENDING)
    @Operation(summary = "报过的事", description = "GET Service Requests：最近 90 天，最多 1000 件")
    ResponseEntity<byte[]> requests(
            Reader reader,
            @PathVariable String format,
            @RequestParam(name = "jurisdiction_id", defaultValue = "") String jurisdiction,
            @RequestParam(name = "service_request_id", defaultValue = "") String ids,
            @RequestParam(name = "service_code", defaultValue = "") String codes,
            @RequestParam(name = "start_date", defaultValue = "") String start,
            @RequestParam(name = "end_date", defaultValue = "") String end,
            @RequestParam(defaultValue = "") String status) {
        var area = area(jurisdiction);
        if (!ids.isBlank()) {
            // this overrides all other arguments
            var wanted = split(ids).stream()
                    .limit(PublicRequests.MOST)
                    .map(GeoReport::id)
                    .toList();
            return answer(reader, format, new Node.Many("service_requests", requests.byIds(reader, wanted)));
        }
        var from = time("start_date", start);
        var to = time("end_date", end);
        var last = to != null ? to : from == null ? clock.instant() : from.plus(SPAN);
        var first = from != null ? from : last.minus(SPAN);
        if (last.isBefore(first) || Duration.between(first, last).compareTo(SPAN) > 0) {
            throw GeoError.wrong("start_date 到 end_date 最多 90 天。请分几次取。");
        }
        var filter = new PublicRequests.Filter(area, split(codes), first, last, open(status));
        return answer(reader, format, new Node.Many("service_requests", requests.list(reader, filter)));
    }

    @GetMapping("/requests/{id:[0-9-]+}" + ENDING)
    @Operation(summary = "报过的一件事", description = "GET Service Request")
    ResponseEntity<byte[]> request(
            Reader reader,
            @PathVariable String id,
            @PathVariable String format,
            @RequestParam(name = "jurisdiction_id", defaultValue = "") String jurisdiction) {
        area(jurisdiction);
        var found = requests.byIds(reader, List.of(id(id)));
        if (found.isEmpty()) {
            throw GeoError.missing("没有 service_request_id 是“" + id + "”的。");
        }
        return answer(reader, format, new Node.Many("service_requests", found));
    }

    /**
     * Our answers to a report carry its id at once, so no token is ever given. Here the key that a program sent with its report
     * (Idempotency-Key) stands for one: whoever lost the answer finds the id by it, for two days.
     */
    @GetMapping("/tokens/{token:[A-Za-z0-9_-]+}" + ENDING)
    @Operation(summary = "用令牌找编号", description = "GET service_request_id from a token：报事时带的 Idempotency-Key 就是 token")
    ResponseEntity<byte[]> token(
            @PathVariable String token,
            @PathVariable String format,
            @RequestParam(name = "jurisdiction_id", defaultValue = "") String jurisdiction) {
        area(jurisdiction);
        var id = jdbc.sql("""
                select k.result from idempotency_key k join integration i on i.account = k.account
                where k.key = ? and k.result ~ '^[0-9]{6}-[0-9]+$' and exists (
                    select from work_order o where o.district = cast(split_part(k.result, '-', 1) as int)
                       and o.id = cast(split_part(k.result, '-', 2) as bigint) and o.filed_by = k.account)
                limit 1
                """)
                .param(token)
                .query(String.class)
                .optional()
                .orElseThrow(() -> GeoError.missing("没有 token 是“" + token + "”的，或过了两天。"));
        return answer(
                format,
                new Node.Many(
                        "service_requests",
                        List.of(Node.group(
                                "request", Node.value("service_request_id", id), Node.value("token", token)))));
    }

    /** One system may serve a city and each of its districts: its code is the jurisdiction's id. Not needed, but it has to be right. */
    @Nullable
    private String area(String jurisdiction) {
        return area(jdbc, jurisdiction);
    }

    static @Nullable String area(JdbcClient jdbc, String jurisdiction) {
        if (jurisdiction.isBlank()) {
            return null;
        }
        return jdbc.sql("select code from area where code = ? and level in ('city', 'district')")
                .param(jurisdiction.strip())
                .query(String.class)
                .optional()
                .orElseThrow(() -> GeoError.missing("没有这个 jurisdiction_id。请写市或区的区划代码，如 340111，或不写。"));
    }

    /** What concerns one program alone: nobody on the way keeps it. */
    static ResponseEntity<byte[]> answer(String format, Node document) {
        return answer(format, document, CacheControl.noStore());
    }

    /** The same for everybody, for a minute. */
    static ResponseEntity<byte[]> open(String format, Node document) {
        return answer(format, document, CacheControl.maxAge(FRESH).cachePublic());
    }

    /** A key in a header makes it another answer under the same address. */
    private static ResponseEntity<byte[]> answer(Reader reader, String format, Node document) {
        return reader.equals(Reader.VISITOR) ? open(format, document) : answer(format, document);
    }

    private static ResponseEntity<byte[]> answer(String format, Node document, CacheControl caching) {
        var as = Format.of(format);
        return ResponseEntity.ok()
                .contentType(as.type())
                .cacheControl(caching)
                .varyBy(HttpHeaders.AUTHORIZATION)
                .body(as.write(document));
    }

    private static List<String> split(String text) {
        return Arrays.stream(text.split(","))
                .map(String::strip)
                .filter(one -> !one.isEmpty())
                .toList();
    }

    private static OrderId id(String text) {
        try {
            return OrderId.valueOf(text);
        } catch (Missing noId) {
            throw GeoError.missing("没有 service_request_id 是“" + text + "”的。");
        }
    }

    private static @Nullable Instant time(String name, String text) {
        if (text.isBlank()) {
            return null;
        }
        try {
            var at = OffsetDateTime.parse(text.strip()).toInstant();
            if (at.isAfter(Instant.EPOCH) && at.isBefore(Instant.parse("2200-01-01T00:00:00Z"))) {
                return at;
            }
        } catch (DateTimeParseException notATime) {
            // said below
        }
        throw GeoError.wrong(name + " 要写成 2026-01-01T00:00:00Z 这样，带时区。");
    }

    private static @Nullable Boolean open(String status) {
        var wanted = split(status);
        if (!List.of("open", "closed").containsAll(wanted)) {
            throw GeoError.wrong("status 只有 open 和 closed。");
        }
        return wanted.stream().distinct().count() == 1 ? wanted.getFirst().equals("open") : null;
    }
}
