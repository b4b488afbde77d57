package org.hemei.outside;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.stream.Collectors;

/** Whole requests as bytes. */
public final class Requests {

    private Requests() {}

    public static byte[] get(String path, String cookie) {
        return head("GET", path, cookie, "\r\n").getBytes(StandardCharsets.US_ASCII);
    }

    public static byte[] getCompressed(String path, String cookie) {
        return head("GET", path, cookie, "Accept-Encoding: gzip\r\n\r\n").getBytes(StandardCharsets.US_ASCII);
    }

    public static byte[] post(String path, String cookie, Map<String, String> form) {
        return post(path, cookie, encode(form));
    }

    /** @param form already encoded */
    public static byte[] post(String path, String cookie, String form) {
        var rest = "Content-Type: application/x-www-form-urlencoded\r\nContent-Length: " + form.length() + "\r\n\r\n";
        return (head("POST", path, cookie, rest) + form).getBytes(StandardCharsets.US_ASCII);
    }

    public static String encode(Map<String, String> form) {
        return form.entrySet().stream()
                .map(field -> encode(field.getKey()) + "=" + encode(field.getValue()))
                .collect(Collectors.joining("&"));
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private static String head(String method, String path, String cookie, String rest) {
        return method + " " + path + " HTTP/1.1\r\nHost: localhost\r\nAccept: text/html\r\n"
                + (cookie.isEmpty() ? "" : "Cookie: " + cookie + "\r\n") + rest;
    }
}
