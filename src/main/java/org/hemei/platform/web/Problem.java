package org.hemei.platform.web;

import java.net.URI;
import java.util.List;
import org.hemei.platform.Refusal.Reason;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;

/**
 * What went wrong, as it is told: a page for people, a problem (RFC 9457) for programs.
 *
 * @param kind ends the problem's type; empty where the status says it all
 * @param detail what to do now
 * @param errors what is wrong with which field; more than one, or one that belongs to a field
 * @param reference under which the log tells more; null unless it is our fault
 */
record Problem(
        HttpStatus status,
        String kind,
        String title,
        String detail,
        List<Reason> errors,
        @Nullable String reference) {

    static Problem of(HttpStatus status) {
        return new Problem(status, "", title(status), detail(status), List.of(), null);
    }

    static Problem of(HttpStatus status, String detail) {
        return of(status).saying(detail);
    }

    Problem saying(String words) {
        return new Problem(status, kind, title, words, errors, reference);
    }

    Problem titled(String words) {
        return new Problem(status, kind, words, detail, errors, reference);
    }

    Problem named(String name) {
        return new Problem(status, name, title, detail, errors, reference);
    }

    Problem with(List<Reason> reasons) {
        return new Problem(status, kind, title, detail, List.copyOf(reasons), reference);
    }

    Problem under(String number) {
        return new Problem(status, kind, title, detail, errors, number);
    }

    ProblemDetail forPrograms() {
        var problem = ProblemDetail.forStatusAndDetail(status, detail);
        problem.setTitle(title);
        if (!kind.isEmpty()) {
            problem.setType(URI.create("urn:hemei:problem:" + kind));
        }
        if (!errors.isEmpty()) {
            problem.setProperty("errors", errors);
        }
        if (reference != null) {
            problem.setProperty("reference", reference);
        }
        return problem;
    }

    private static String title(HttpStatus status) {
        return switch (status) {
            case BAD_REQUEST -> "这个请求看不懂";
            case UNAUTHORIZED -> "请先登录";
            case FORBIDDEN -> "这里不能进";
            case NOT_FOUND -> "没有找到";
            case METHOD_NOT_ALLOWED -> "这里不能这样打开";
            case NOT_ACCEPTABLE -> "给不出这种格式";
            case CONFLICT -> "有人先办了";
            case PRECONDITION_FAILED -> "有人先办了";
            case PRECONDITION_REQUIRED -> "没说是哪个版本";
            case CONTENT_TOO_LARGE -> "文件太大了";
            case UNSUPPORTED_MEDIA_TYPE -> "这种内容收不了";
            case UNPROCESSABLE_CONTENT -> "还不能这样办";
            case TOO_MANY_REQUESTS -> "太快了";
            case SERVICE_UNAVAILABLE -> "系统暂时忙不过来";
            case INSUFFICIENT_STORAGE -> "服务器上放不下了";
            default -> status.is5xxServerError() ? "我们这边出错了" : "没有办成";
        };
    }

    private static String detail(HttpStatus status) {
        return switch (status) {
            case BAD_REQUEST -> "请从页面上的链接或按钮再来一次。";
            case UNAUTHORIZED -> "请先登录，再试一次。";
            case FORBIDDEN -> "这个页面只给有相应职责的人看。";
            case NOT_FOUND -> "地址可能抄错了，或者它不归您看。";
            case METHOD_NOT_ALLOWED -> "请从页面上的按钮再来一次。";
            case INSUFFICIENT_STORAGE -> "您这次填的没有存上。请过几分钟再交一次；急事请打社区电话。";
            case NOT_ACCEPTABLE -> "请换一种格式再要。";
            case CONFLICT -> "有人正在改同一件事。请刷新看看，再试一次。";
            case CONTENT_TOO_LARGE -> "照片最多 15 MB，PDF 最多 20 MB。请调小再传。";
            case UNSUPPORTED_MEDIA_TYPE -> "请从页面上的按钮再来一次。";
            case TOO_MANY_REQUESTS -> "请过一分钟再试。";
            case SERVICE_UNAVAILABLE -> "您填的可能没有存上。请过一分钟再试；急事请打小区的服务电话。";
            default -> status.is5xxServerError() ? "您填的可能没有存上。请过一会儿再试；急事请打小区的服务电话。" : "请返回上一页再试一次。";
        };
    }
}
