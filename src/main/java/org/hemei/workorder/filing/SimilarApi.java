package org.hemei.workorder.filing;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.hemei.access.Role;
import org.hemei.platform.Missing;
import org.hemei.platform.Reader;
import org.hemei.platform.Refusal;
import org.hemei.platform.web.Scoped;
import org.hemei.workorder.api.Acts;
import org.hemei.workorder.api.OrderScopes;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/** Likely duplicates before something is filed. By POST, though nothing is changed: what people say has no place in an address. */
@RestController
@Tag(name = "工单")
class SimilarApi {

    @Schema(name = "SimilarAsked")
    record Asked(
            @Schema(requiredMode = Schema.RequiredMode.REQUIRED) @Nullable
            Long estate,

            @Schema(description = "类别，见 /categories", requiredMode = Schema.RequiredMode.REQUIRED) @Nullable
            String category,

            @Schema(description = "怎么回事", requiredMode = Schema.RequiredMode.REQUIRED) @Nullable
            String words) {}

    @Schema(name = "SimilarOrder")
    record Like(
            @Schema(example = "340111-20412") String id,
            String state,
            String title,
            Instant submittedAt,
            @Schema(description = "有几户也遇到了") int joined) {}

    @Schema(name = "SimilarOrders")
    record Found(
            @Schema(description = "近 30 天没办完的，最像的在前，最多 3 件") List<Like> orders) {}

    private final FilingQueries queries;
    private final JdbcClient jdbc;

    SimilarApi(FilingQueries queries, JdbcClient jdbc) {
        this.queries = queries;
        this.jdbc = jdbc;
    }

    @PostMapping(path = "/api/v1/orders/similar", produces = MediaType.APPLICATION_JSON_VALUE)
    @Scoped(OrderScopes.WRITE)
    @Operation(summary = "点单前看看邻居报过没有", description = "是同一件，居民用 join，社区用 merge。")
    Found similar(Reader reader, @RequestBody Asked said) {
        var estate = Acts.need("estate", said.estate);
        mayFileAt(reader, estate);
        var leaf = queries.categories().stream()
                .filter(one -> one.parent() != null && one.code().equals(said.category))
                .findFirst()
                .orElseThrow(() -> Refusal.of("category", "请选是哪类事。"));
        return new Found(
                queries
                        .similar(
                                reader,
                                estate,
                                Objects.requireNonNull(leaf.parent()),
                                leaf.code(),
                                Acts.text(said.words))
                        .stream()
                        .map(one ->
                                new Like(one.id().toString(), one.state().code(), one.title(), one.at(), one.joined()))
                        .toList());
    }

    private void mayFileAt(Reader reader, long estate) {
        var home = reader.scope(Role.RESIDENT).grants().stream().anyMatch(g -> Objects.equals(g.estate(), estate));
        var desk = jdbc.sql("select community from estate where id = ?")
                .param(estate)
                .query(String.class)
                .optional()
                .filter(community -> reader.scope(Role.COMMUNITY).covers(community));
        if (!home && desk.isEmpty()) {
            throw new Missing("没有这个小区。");
        }
    }
}
