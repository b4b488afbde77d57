package org.hemei.workorder.open311;

import java.util.List;
import org.springframework.http.HttpStatus;

/** What the specification calls errors: 404 for what is not there, 403 for a key that is missing or wrong, 400 for the rest. */
class GeoError extends RuntimeException {

    private final HttpStatus status;
    private final transient List<String> words;

    private GeoError(HttpStatus status, List<String> words) {
        super(String.join(" ", words), null, false, false);
        this.status = status;
        this.words = List.copyOf(words);
    }

    static GeoError wrong(String words) {
        return new GeoError(HttpStatus.BAD_REQUEST, List.of(words));
    }

    static GeoError wrong(List<String> words) {
        return new GeoError(HttpStatus.BAD_REQUEST, words);
    }

    static GeoError missing(String words) {
        return new GeoError(HttpStatus.NOT_FOUND, List.of(words));
    }

    static GeoError noKey() {
        return new GeoError(HttpStatus.FORBIDDEN, List.of("api_key 少了、不对或没有 open311 这一项。令牌由保管人领。"));
    }

    HttpStatus status() {
        return status;
    }

    Node document() {
        return new Node.Many(
                "errors",
                words.stream()
                        .map(one ->
                                Node.group("error", Node.value("code", status.value()), Node.value("description", one)))
                        .toList());
    }
}
