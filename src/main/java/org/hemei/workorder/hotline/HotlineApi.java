package org.hemei.workorder.hotline;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import org.hemei.platform.Reader;
import org.hemei.platform.web.Scoped;
import org.hemei.workorder.hotline.HotlineQueries.Status;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** How the hotline's matters stand, for the hotline's own system. */
@RestController
@RequestMapping(path = "/api/v1/hotline", produces = MediaType.APPLICATION_JSON_VALUE)
@Tag(name = "热线", description = "12345 热线转来的事项办得怎样")
@Scoped("orders:read")
class HotlineApi {

    /** @param next number to go on after; null when that was all */
    record Statuses(List<Status> items, @Nullable String next) {}

    private static final int PAGE = 200;

    private final HotlineQueries queries;
    private final InstantSource clock;

    HotlineApi(HotlineQueries queries, InstantSource clock) {
        this.queries = queries;
        this.clock = clock;
    }

    @Operation(
            summary = "热线件的办理状态",
            description = "since 之后转来、转成工单或有进展的，按热线工单号排；next 不空就带 after 再取。late 表示超过热线自己的办结时限。"
                    + "code 是 returned 的退回了热线，reason 是为什么。answer 是写给来电人的：不受理的理由和该去哪儿、答复，或核验过的处理情况；"
                    + "和别人的单合并办的、过了保存期的，为 null。solved、satisfied 是来电人说的：解决没有、满意几分（1 到 5）；"
                    + "还没说的，和别人的单合并办的，为 null。")
    @GetMapping("/status")
    Statuses status(
            Reader reader,
            @RequestParam(required = false) @Nullable Instant since,
            @RequestParam(defaultValue = "") String after) {
        var found = queries.status(reader, null, null, since, after, PAGE + 1, clock.instant());
        var shown = found.subList(0, Math.min(found.size(), PAGE));
        return new Statuses(
                shown,
                found.size() > shown.size()
                        ? Objects.requireNonNull(shown.getLast()).number()
                        : null);
    }
}
