package org.hemei.evaluation.listing;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.hemei.platform.Reader;
import org.hemei.platform.web.Scoped;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

/** Listings for other systems: those whose basis allows to share them. Each call leaves a line of who received what. */
@RestController
@Tag(name = "黑名单", description = """
                依据允许共享的物业“黑名单”；取了什么，每次都记下。
                要两样：令牌有 listings:share；令牌的账号在要取的地区是物业主管部门、区或市（街道、社区、企业的账号取不到，回答 403）。\
                给外单位的系统单独开一个账号，只授一个地区，只发这一个权限的令牌：取到的只有那个地区的。\
                共享是主管部门的行为，用的是主管部门的权限；公众查黑名单看 /blacklist，不用令牌。
                """)
@Scoped(ListingScopes.SHARE)
class ShareApi {

    /** @param ended what this program took before and may not use any more */
    @Schema(name = "SharedListings")
    record Answer(
            @Schema(description = "现在在列、依据允许共享的") List<Shareable> listings,
            @Schema(description = "您以前取过、不能再用的；结束以后再给 90 天") List<Shareable.Ended> ended) {}

    private final ShareDesk desk;
    private final ShareFile file;

    ShareApi(ShareDesk desk, ShareFile file) {
        this.desk = desk;
        this.file = file;
    }

    @Operation(summary = "可以共享的“黑名单”", description = "只有现在在列、依据（法律、法规或国务院文件）允许共享的。ended 里的请马上停用。没有允许共享的，listings 是空的。")
    @GetMapping(path = "/api/v1/listings", produces = MediaType.APPLICATION_JSON_VALUE)
    Answer all(Reader reader) {
        return new Answer(desk.taken(reader, "json"), desk.ended(reader));
    }

    @Operation(summary = "同上，一份 CSV")
    @GetMapping("/api/v1/listings.csv")
    ResponseEntity<byte[]> csv(Reader reader) {
        var content = new ShareFile.Content(desk.taken(reader, "csv"), desk.ended(reader));
        return ResponseEntity.ok()
                .contentType(new MediaType("text", "csv", StandardCharsets.UTF_8))
                .header("Content-Disposition", "attachment; filename=\"listings.csv\"")
                .header("Cache-Control", "no-store")
                .body(file.of("csv", content));
    }

    @Operation(summary = "其中一件", description = "依据没有允许共享、已经结束的，回答 422，写明为什么。")
    @GetMapping(path = "/api/v1/listings/{id}", produces = MediaType.APPLICATION_JSON_VALUE)
    Shareable one(Reader reader, @PathVariable long id) {
        return desk.one(reader, id);
    }
}
