package org.hemei.platform.attachment;

import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.UUID;
import org.hemei.platform.Missing;
import org.hemei.platform.Reader;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.InputStreamResource;
import org.springframework.core.io.Resource;
import org.springframework.http.CacheControl;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.context.request.WebRequest;
import org.springframework.web.multipart.MultipartFile;
import org.springframework.web.util.UriComponentsBuilder;

/** Takes uploads and hands attachments out: sandboxed, never guessed at by the browser, shown in place only when drawn by us. */
@Controller
class AttachmentPages {

    /** What the page's script needs to show the photo in the form. */
    record Uploaded(UUID id, String address, @Nullable String thumb) {}

    private final Attachments attachments;

    AttachmentPages(Attachments attachments) {
        this.attachments = attachments;
    }

    /**
     * @param back for a form without script: the page to return to, which gets the new id as {@code photo}
     */
    @PostMapping("/attachments")
    ResponseEntity<?> upload(
            Reader reader,
            @RequestParam int district,
            @RequestParam MultipartFile file,
            @RequestParam(defaultValue = "PHOTO") Attachments.Purpose purpose,
            @RequestParam(defaultValue = "") String back,
            HttpServletRequest request) {
        var id = attachments.store(reader, district, file, purpose);
        var kept = attachments.find(reader, district, id);
        if (wantsPage(request)) {
            return ResponseEntity.status(HttpStatus.SEE_OTHER)
                    .location(isLocal(back) ? returning(back, id) : URI.create(kept.address()))
                    .build();
        }
        // said outright, so that nobody is told "not in that format" after the file was kept
        return ResponseEntity.status(HttpStatus.CREATED)
                .contentType(MediaType.APPLICATION_JSON)
                .body(new Uploaded(id, kept.address(), kept.isPhoto() ? kept.thumb() : null));
    }

    private static boolean wantsPage(HttpServletRequest request) {
        var accept = request.getHeader(HttpHeaders.ACCEPT);
        return accept != null && accept.contains(MediaType.TEXT_HTML_VALUE);
    }

    /** A path of ours, never another site. */
    private static boolean isLocal(String back) {
        return back.startsWith("/") && !back.startsWith("//") && !back.contains("\\") && !back.contains("://");
    }

    private static URI returning(String back, UUID id) {
        return UriComponentsBuilder.fromUriString(back)
                .queryParam("photo", id)
                .build()
                .encode()
                .toUri();
    }

    @GetMapping("/attachments/{district}/{id}")
    @Nullable
    ResponseEntity<Resource> show(Reader reader, @PathVariable int district, @PathVariable UUID id, WebRequest request)
            throws IOException {
        var attachment = attachments.find(reader, district, id);
        if (request.checkNotModified('"' + attachment.sha256() + '"')) {
            return null;
        }
        return handOut(attachment, attachments.open(attachment), attachment.byteSize());
    }

    @GetMapping("/attachments/{district}/{id}/thumb")
    @Nullable
    ResponseEntity<Resource> thumb(Reader reader, @PathVariable int district, @PathVariable UUID id, WebRequest request)
            throws IOException {
        var attachment = attachments.find(reader, district, id);
        if (!attachment.isPhoto()) {
            throw new Missing("这是文件，没有缩略图。");
        }
        if (request.checkNotModified('"' + attachment.sha256() + "-thumb\"")) {
            return null;
        }
        return handOut(attachment, attachments.openThumb(attachment), attachments.thumbSize(attachment));
    }

    private static ResponseEntity<Resource> handOut(Attachment attachment, InputStream bytes, long size) {
        var disposition = attachment.isPhoto() ? ContentDisposition.inline() : ContentDisposition.attachment();
        return ResponseEntity.ok()
                .contentType(MediaType.parseMediaType(attachment.mediaType()))
                .contentLength(size)
                .cacheControl(
                        CacheControl.maxAge(Duration.ofDays(365)).cachePrivate().immutable())
                .header("Content-Security-Policy", "sandbox; default-src 'none'")
                .header("X-Content-Type-Options", "nosniff")
                .header(
                        HttpHeaders.CONTENT_DISPOSITION,
                        disposition
                                .filename(attachment.fileName(), StandardCharsets.UTF_8)
                                .build()
                                .toString())
                .body(new InputStreamResource(bytes));
    }
}
