package org.hemei.workorder.open311;

import jakarta.servlet.http.HttpServletRequest;
import org.hemei.platform.Refusal;
import org.hemei.platform.web.OutOfScope;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.ServletRequestBindingException;
import org.springframework.web.bind.annotation.ControllerAdvice;
import org.springframework.web.bind.annotation.ExceptionHandler;

/** Errors in the words of the specification, in the format that was asked for. */
@ControllerAdvice(assignableTypes = {GeoReport.class, GeoFiling.class, Discovery.class})
@Order(Ordered.HIGHEST_PRECEDENCE)
class GeoErrors {

    @ExceptionHandler
    ResponseEntity<byte[]> told(GeoError error, HttpServletRequest request) {
        return answer(error, request);
    }

    @ExceptionHandler
    ResponseEntity<byte[]> noKey(OutOfScope beyond, HttpServletRequest request) {
        return answer(GeoError.noKey(), request);
    }

    @ExceptionHandler
    ResponseEntity<byte[]> refused(Refusal refusal, HttpServletRequest request) {
        return answer(
                GeoError.wrong(
                        refusal.reasons().stream().map(Refusal.Reason::words).toList()),
                request);
    }

    @ExceptionHandler
    ResponseEntity<byte[]> unreadable(ServletRequestBindingException e, HttpServletRequest request) {
        return answer(GeoError.wrong("这个请求看不懂。"), request);
    }

    private static ResponseEntity<byte[]> answer(GeoError error, HttpServletRequest request) {
        var format = request.getRequestURI().endsWith(".json") ? Format.JSON : Format.XML;
        return ResponseEntity.status(error.status()).contentType(format.type()).body(format.write(error.document()));
    }
}
