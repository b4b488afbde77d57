package org.hemei.platform.web;

import jakarta.servlet.http.HttpServletRequest;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.hemei.platform.Missing;
import org.hemei.platform.Refusal;
import org.hemei.platform.Stale;
import org.hemei.platform.time.CivilTime;
import org.springframework.boot.webmvc.autoconfigure.error.ErrorViewResolver;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.ControllerAdvice;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.servlet.ModelAndView;

/**
 * What people and programs see when something does not work: one page for all of it, which says what happened and where to
 * go on, or a problem (RFC 9457) under /api. A page that can show a refusal next to its form catches it itself.
 */
@ControllerAdvice
public class ErrorPages implements ErrorViewResolver {

    /** Request attribute with the sentence to show, set by whoever sends the error. */
    public static final String WORDS = "hemei.error.words";

    private static final Map<HttpStatus, String> TITLES = Map.of(
            HttpStatus.BAD_REQUEST, "这个请求看不懂",
            HttpStatus.FORBIDDEN, "这里不能进",
            HttpStatus.NOT_FOUND, "没有找到",
            HttpStatus.METHOD_NOT_ALLOWED, "这里不能这样打开",
            HttpStatus.CONFLICT, "有人先办了",
            HttpStatus.CONTENT_TOO_LARGE, "文件太大了",
            HttpStatus.UNSUPPORTED_MEDIA_TYPE, "这种文件收不了",
            HttpStatus.UNPROCESSABLE_CONTENT, "还不能这样办",
            HttpStatus.TOO_MANY_REQUESTS, "太快了");

    private final Shells shells;

    ErrorPages(Shells shells) {
        this.shells = shells;
    }

    @ExceptionHandler
    Object missing(Missing missing, HttpServletRequest request) {
        return answer(request, HttpStatus.NOT_FOUND, missing.getMessage(), List.of());
    }

    @ExceptionHandler
    Object refused(Refusal refusal, HttpServletRequest request) {
        return answer(request, HttpStatus.UNPROCESSABLE_CONTENT, refusal.getMessage(), refusal.reasons());
    }

    @ExceptionHandler
    Object stale(Stale stale, HttpServletRequest request) {
        var words = stale.who() + "在" + CivilTime.full(stale.at()) + stale.what() + "了。您填的还没有存，请看看最新情况再决定。";
        return answer(request, HttpStatus.CONFLICT, words, List.of());
    }

    /** Everything else: what the framework refused, and our own mistakes, of which no detail is shown. */
    @Override
    public ModelAndView resolveErrorView(HttpServletRequest request, HttpStatus status, Map<String, Object> model) {
        if (status.is5xxServerError()) {
            // perhaps the database is away: this page asks it nothing
            return new ModelAndView("platform/broken", Map.of("status", status.value()), status);
        }
        return page(request, status, request.getAttribute(WORDS) instanceof String words ? words : words(status));
    }

    private Object answer(HttpServletRequest request, HttpStatus status, String words, List<Refusal.Reason> reasons) {
        if (!request.getRequestURI().startsWith("/api/")) {
            return page(request, status, words);
        }
        var problem = ProblemDetail.forStatusAndDetail(status, words);
        if (!reasons.isEmpty()) {
            problem.setProperty("reasons", reasons);
        }
        return ResponseEntity.status(status).body(problem);
    }

    private ModelAndView page(HttpServletRequest request, HttpStatus status, String words) {
        var model = new HashMap<String, Object>();
        model.put("shell", shells.of(request));
        model.put("title", TITLES.getOrDefault(status, "没有办成"));
        model.put("words", words);
        model.put("status", status.value());
        return new ModelAndView("platform/error", model, status);
    }

    private static String words(HttpStatus status) {
        return switch (status) {
            case NOT_FOUND -> "地址可能抄错了，或者它不归您看。";
            case FORBIDDEN -> "这个页面只给有相应职责的人看。";
            case BAD_REQUEST -> "请从页面上的链接或按钮再来一次。";
            case METHOD_NOT_ALLOWED -> "请从页面上的按钮再来一次。";
            case CONTENT_TOO_LARGE -> "一个文件最多 20 MB。照片可以先压缩再传。";
            case UNSUPPORTED_MEDIA_TYPE -> "照片请用 JPG 或 PNG，文件请用 PDF。";
            default -> "请返回上一页再试一次。";
        };
    }
}
