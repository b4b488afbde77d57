package org.hemei.platform.web;

import java.io.UncheckedIOException;
import java.sql.SQLException;
import java.util.List;
import java.util.Set;
import org.apache.tomcat.util.http.InvalidParameterException;
import org.hemei.platform.Missing;
import org.hemei.platform.Refusal;
import org.hemei.platform.Refusal.Reason;
import org.hemei.platform.Stale;
import org.hemei.platform.time.CivilTime;
import org.jspecify.annotations.Nullable;
import org.springframework.core.NestedExceptionUtils;
import org.springframework.dao.ConcurrencyFailureException;
import org.springframework.dao.DataAccessException;
import org.springframework.dao.NonTransientDataAccessResourceException;
import org.springframework.dao.RecoverableDataAccessException;
import org.springframework.dao.TransientDataAccessException;
import org.springframework.http.HttpStatus;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.security.web.firewall.RequestRejectedException;
import org.springframework.transaction.CannotCreateTransactionException;
import org.springframework.validation.BindException;
import org.springframework.validation.FieldError;
import org.springframework.web.ErrorResponse;
import org.springframework.web.bind.MissingRequestHeaderException;
import org.springframework.web.bind.MissingServletRequestParameterException;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.method.annotation.MethodArgumentTypeMismatchException;
import org.springframework.web.multipart.MaxUploadSizeExceededException;
import org.springframework.web.multipart.MultipartException;
import org.springframework.web.multipart.support.MissingServletRequestPartException;

/** The one table from what was thrown to what is told. What is not in it is our own mistake: 500, without details. */
final class Problems {

    /** PostgreSQL: text that cannot be stored (a NUL, half a character), in a column or inside JSON. */
    private static final Set<String> BAD_TEXT = Set.of("22021", "22P05");

    private static final String FILL_AGAIN = "这一项填得不对，请改一改。";
    private static final String BAD_SIGNS = "里面有存不了的字符。请删掉特殊符号再试。";
    private static final String FILL_IN = "这一项没有填。";

    /** PostgreSQL: the disk is full. */
    private static final String DISK_FULL = "53100";

    private Problems() {}

    static Problem of(Throwable e) {
        return switch (e) {
            case Refusal refusal -> refused(refusal);
            case Stale stale -> stale(stale);
            case Missing missing ->
                Problem.of(HttpStatus.NOT_FOUND, String.valueOf(missing.getMessage()))
                        .named("missing");
            case Precondition version -> version(version);
            case OutOfScope beyond ->
                Problem.of(HttpStatus.FORBIDDEN, String.valueOf(beyond.getMessage()))
                        .named("scope");
            case DataAccessException data -> database(data);
            case CannotCreateTransactionException away -> Problem.of(HttpStatus.SERVICE_UNAVAILABLE);
            case UncheckedIOException file when full(file) -> Problem.of(HttpStatus.INSUFFICIENT_STORAGE);
            case MultipartException file when full(file) -> Problem.of(HttpStatus.INSUFFICIENT_STORAGE);
            default -> request(e);
        };
    }

    /** The words are the operating system's; Java has no other sign of it. */
    private static boolean full(Throwable e) {
        var said = NestedExceptionUtils.getMostSpecificCause(e).getMessage();
        return said != null && said.contains("No space left on device");
    }

    private static Problem refused(Refusal refusal) {
        var reasons = refusal.reasons();
        var listed = reasons.size() > 1 || reasons.stream().anyMatch(r -> r.field() != null);
        return Problem.of(HttpStatus.UNPROCESSABLE_CONTENT, String.valueOf(refusal.getMessage()))
                .named(refusal instanceof Once.OtherBody ? "idempotency-key" : "refused")
                .with(listed ? reasons : List.of());
    }

    private static Problem stale(Stale stale) {
        return Problem.of(
                        HttpStatus.CONFLICT,
                        stale.who() + "在" + CivilTime.full(stale.at()) + stale.what() + "了。您填的还没有存，请看看最新情况再决定。")
                .named("stale");
    }

    private static Problem version(Precondition version) {
        var first = version.stale();
        return first == null
                ? Problem.of(HttpStatus.PRECONDITION_REQUIRED, String.valueOf(version.getMessage()))
                        .named("version")
                : Problem.of(HttpStatus.PRECONDITION_FAILED, stale(first).detail())
                        .named("stale");
    }

    private static Problem database(DataAccessException e) {
        var cause = NestedExceptionUtils.getMostSpecificCause(e);
        if (cause instanceof SQLException sql && sql.getSQLState() != null && BAD_TEXT.contains(sql.getSQLState())) {
            return Problem.of(HttpStatus.BAD_REQUEST, BAD_SIGNS);
        }
        if (cause instanceof SQLException sql && DISK_FULL.equals(sql.getSQLState())) {
            return Problem.of(HttpStatus.INSUFFICIENT_STORAGE);
        }
        return switch (e) {
            case ConcurrencyFailureException busy -> Problem.of(HttpStatus.CONFLICT);
            case TransientDataAccessException passing -> Problem.of(HttpStatus.SERVICE_UNAVAILABLE);
            case RecoverableDataAccessException passing -> Problem.of(HttpStatus.SERVICE_UNAVAILABLE);
            case NonTransientDataAccessResourceException away -> Problem.of(HttpStatus.SERVICE_UNAVAILABLE);
            default -> Problem.of(HttpStatus.INTERNAL_SERVER_ERROR);
        };
    }

    /** What the framework says about a request that does not fit. */
    private static Problem request(Throwable e) {
        return switch (e) {
            case MethodArgumentTypeMismatchException wrong -> wrongType(wrong);
            case BindException bad ->
                invalid(bad.getFieldErrors().stream().map(Problems::reason).toList());
            case MissingServletRequestParameterException absent -> invalid(reason(absent.getParameterName(), FILL_IN));
            case MissingServletRequestPartException absent -> invalid(reason(absent.getRequestPartName(), FILL_IN));
            case MissingRequestHeaderException absent -> invalid(reason(absent.getHeaderName(), "少了这个请求头。"));
            // the firewall looks at a parameter when it is read, so this may come out of a controller
            case RequestRejectedException rejected -> Problem.of(HttpStatus.BAD_REQUEST, BAD_SIGNS);
            case HttpMessageNotReadableException unreadable -> Problem.of(HttpStatus.BAD_REQUEST);
            case MaxUploadSizeExceededException large -> Problem.of(HttpStatus.CONTENT_TOO_LARGE);
            case InvalidParameterException unreadable -> Problem.of(status(unreadable.getErrorCode()));
            case MultipartException broken ->
                Problem.of(tooLarge(broken) ? HttpStatus.CONTENT_TOO_LARGE : HttpStatus.BAD_REQUEST);
            case ErrorResponse known -> Problem.of(status(known.getStatusCode().value()));
            default -> Problem.of(HttpStatus.INTERNAL_SERVER_ERROR);
        };
    }

    /** A path that cannot name anything leads nowhere; a parameter of the wrong form is a bad request. */
    private static Problem wrongType(MethodArgumentTypeMismatchException wrong) {
        return wrong.getParameter().hasParameterAnnotation(PathVariable.class)
                ? Problem.of(HttpStatus.NOT_FOUND)
                : invalid(reason(wrong.getName(), FILL_AGAIN));
    }

    private static boolean tooLarge(MultipartException e) {
        var cause = NestedExceptionUtils.getMostSpecificCause(e);
        return cause.getClass().getSimpleName().contains("SizeLimit")
                || (cause instanceof InvalidParameterException known
                        && known.getErrorCode() == HttpStatus.CONTENT_TOO_LARGE.value());
    }

    private static Problem invalid(List<Reason> reasons) {
        return Problem.of(HttpStatus.BAD_REQUEST).named("invalid").with(reasons);
    }

    private static List<Reason> reason(String field, String words) {
        return List.of(new Reason(field, words));
    }

    /** Our own validation messages are Chinese sentences; a failed conversion speaks of Java types and is not shown. */
    private static Reason reason(FieldError error) {
        var words = error.getDefaultMessage();
        return new Reason(error.getField(), error.isBindingFailure() || words == null ? FILL_AGAIN : words);
    }

    static HttpStatus status(@Nullable Integer code) {
        var status = code == null ? null : HttpStatus.resolve(code);
        return status == null ? HttpStatus.INTERNAL_SERVER_ERROR : status;
    }
}
