package org.hemei.workorder.api;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.net.URI;
import java.util.UUID;
import org.hemei.platform.Reader;
import org.hemei.platform.attachment.Attachments;
import org.hemei.platform.web.Once;
import org.hemei.platform.web.Scoped;
import org.springframework.core.io.InputStreamResource;
import org.springframework.core.io.Resource;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.multipart.MultipartFile;

/** Photos up and down. An upload waits a day for the verb that takes it over. */
@RestController
@Tag(name = "照片", description = "先传，再把编号写进点单或办理")
@RequestMapping("/api/v1/photos")
class PhotoApi {

    @Schema(name = "Uploaded")
    record Uploaded(
            @Schema(description = "写进 photos、before 或 after")
            UUID id,

            @Schema(example = "/api/v1/photos/340111/0b9d…") String address) {}

    private final Attachments attachments;
    private final Once once;

    PhotoApi(Attachments attachments, Once once) {
        this.attachments = attachments;
        this.once = once;
    }

    @Scoped(OrderScopes.WRITE)
    @PostMapping(consumes = MediaType.MULTIPART_FORM_DATA_VALUE, produces = MediaType.APPLICATION_JSON_VALUE)
    @Operation(summary = "传一张照片", description = "JPEG 或 PNG，15 MB 以内。拍照位置等信息存之前会去掉。一天里没用上就删。")
    ResponseEntity<Uploaded> upload(
            Reader reader,
            HttpServletRequest request,
            @Parameter(description = "工单在哪个区，六位代码", example = "340111") @RequestParam int district,
            @RequestParam MultipartFile file) {
        var key = Acts.key(request);
        var said = "photo " + district + " " + Attachments.sha256(file);
        var id = once.earlier(reader, key, said)
                .map(UUID::fromString)
                .orElseGet(() -> attachments.store(
                        reader,
                        district,
                        file,
                        Attachments.Purpose.PHOTO,
                        keeping -> UUID.fromString(
                                once.run(reader, key, said, () -> keeping.get().toString()))));
        var address = "/api/v1/photos/" + district + "/" + id;
        return ResponseEntity.created(URI.create(address)).body(new Uploaded(id, address));
    }

    @Scoped(OrderScopes.READ)
    @GetMapping("/{district}/{id}")
    @Operation(summary = "取一张照片", description = "看得到工单的话，才看得到它的照片。")
    ResponseEntity<Resource> show(Reader reader, @PathVariable int district, @PathVariable UUID id) throws IOException {
        var photo = attachments.find(reader, district, id);
        return ResponseEntity.ok()
                .contentType(MediaType.parseMediaType(photo.mediaType()))
                .contentLength(photo.byteSize())
                .eTag("\"" + photo.sha256() + "\"")
                .header("Content-Security-Policy", "sandbox; default-src 'none'")
                .header("X-Content-Type-Options", "nosniff")
                .body(new InputStreamResource(attachments.open(photo)));
    }
}
