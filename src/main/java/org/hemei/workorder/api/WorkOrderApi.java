package org.hemei.workorder.api;

import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Supplier;
import org.hemei.access.Role;
import org.hemei.platform.Missing;
import org.hemei.platform.Reader;
import org.hemei.platform.Refusal;
import org.hemei.platform.web.Once;
import org.hemei.platform.web.Scoped;
import org.hemei.workorder.AssistDesk;
import org.hemei.workorder.Joiners;
import org.hemei.workorder.OrderId;
import org.hemei.workorder.RatingDesk;
import org.hemei.workorder.SubmissionDesk;
import org.hemei.workorder.WorkOrderDesk;
import org.hemei.workorder.list.OrderScope;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/**
 * Orders as JSON, through the same desks and queries as the pages. Errors are RFC 9457 problems; whatever makes something
 * takes an Idempotency-Key, and the same key with another body is refused (422).
 */
@RestController
// who wants another format is told so before anything is done
@Scoped(OrderScopes.READ)
@RequestMapping(path = "/api/v1/orders", produces = MediaType.APPLICATION_JSON_VALUE)
class WorkOrderApi {

    /** @param photos ids of uploads, see POST /attachments */
    record NewOrder(
            @Nullable Long estate,
            @Nullable Long building,
            @Nullable Long unit,
            @Nullable String category,
            @Nullable String words,
            @Nullable String place,
            @Nullable Boolean anonymous,
            @Nullable List<UUID> photos,
            @Nullable String channel,
            @Nullable String callerName,
            @Nullable String callerPhone) {}

    /** What a verb may need besides the version seen; each takes the fields that are its own. */
    record Act(
            int version,
            @Nullable String words,
            @Nullable String elsewhere,
            @Nullable String kept,
            @Nullable Long holder,
            @Nullable Long assignee,
            @Nullable String how,
            @Nullable Long body,
            @Nullable Instant due,
            @Nullable Long assist,
            @Nullable Boolean solved,
            @Nullable Integer satisfied,
            @Nullable List<UUID> before,
            @Nullable List<UUID> photos) {

        String text() {
            return Objects.requireNonNullElse(words, "");
        }

        List<UUID> pictures() {
            return Objects.requireNonNullElse(photos, List.of());
        }

        static <T> T need(String field, @Nullable T value) {
            if (value == null) {
                throw Refusal.of(field, "少了 " + field + "。");
            }
            return value;
        }
    }

    private final SubmissionDesk submissions;
    private final WorkOrderDesk desk;
    private final AssistDesk assists;
    private final RatingDesk ratings;
    private final Joiners joiners;
    private final OrderRecords records;
    private final Once once;

    WorkOrderApi(
            SubmissionDesk submissions,
            WorkOrderDesk desk,
            AssistDesk assists,
            RatingDesk ratings,
            Joiners joiners,
            OrderRecords records,
            Once once) {
        this.submissions = submissions;
        this.desk = desk;
        this.assists = assists;
        this.ratings = ratings;
        this.joiners = joiners;
        this.records = records;
        this.once = once;
    }

    /** The reader's own orders for a resident, else those within their scope; newest first, 50 at a time. */
    @GetMapping
    OrderRecords.Page list(Reader reader, @RequestParam(required = false) @Nullable String after) {
        return reader.has(Role.RESIDENT) && !OrderScope.onDuty(reader)
                ? records.own(reader, after)
                : records.inScope(reader, after);
    }

    @GetMapping("/{id}")
    OrderRecords.Whole one(Reader reader, @PathVariable OrderId id) {
        return records.one(reader, id);
    }

    @Scoped(OrderScopes.WRITE)
    @PostMapping
    ResponseEntity<OrderRecords.Whole> submit(
            Reader reader, @RequestHeader("Idempotency-Key") String key, @RequestBody NewOrder said) {
        var id = submissions.submit(
                reader,
                key,
                new SubmissionDesk.Submission(
                        Act.need("estate", said.estate),
                        said.building,
                        said.unit,
                        Objects.requireNonNullElse(said.category, ""),
                        Objects.requireNonNullElse(said.words, ""),
                        Objects.requireNonNullElse(said.place, ""),
                        Boolean.TRUE.equals(said.anonymous),
                        Objects.requireNonNullElse(said.photos, List.of()),
                        Objects.requireNonNullElse(said.channel, "resident"),
                        said.callerName,
                        said.callerPhone));
        return ResponseEntity.created(URI.create("/api/v1/orders/" + id)).body(records.one(reader, id));
    }

    /** Any verb of the transition table, by its code. Retrying with the same Idempotency-Key does it once. */
    @Scoped(OrderScopes.WRITE)
    @PostMapping("/{id}/{verb}")
    OrderRecords.Whole act(
            Reader reader,
            @PathVariable OrderId id,
            @PathVariable String verb,
            @RequestHeader("Idempotency-Key") String key,
            @RequestBody Act act) {
        var work = work(reader, id, verb.toLowerCase(Locale.ROOT), act);
        once.run(reader, key, id + " " + verb + " " + act, () -> {
            work.run();
            return id.toString();
        });
        return records.one(reader, id);
    }

    private Runnable work(Reader reader, OrderId id, String verb, Act act) {
        int version = act.version;
        return switch (verb) {
            case "accept" -> () -> desk.accept(reader, id, version);
            case "reject" ->
                () -> desk.reject(reader, id, version, act.text(), Objects.requireNonNullElse(act.elsewhere, ""));
            case "answer" -> () -> desk.answer(reader, id, version, act.text());
            case "merge" -> () -> desk.merge(reader, id, version, OrderId.valueOf(Act.need("kept", act.kept)));
            case "dispatch" -> () -> desk.dispatch(reader, id, version, Act.need("holder", act.holder));
            case "take" -> () -> desk.take(reader, id, version);
            case "assign" -> () -> desk.assign(reader, id, version, Act.need("assignee", act.assignee));
            case "contact" ->
                () -> desk.contact(reader, id, version, Objects.requireNonNullElse(act.how, ""), act.text());
            case "resolve" ->
                () -> desk.resolve(
                        reader,
                        id,
                        version,
                        act.text(),
                        Objects.requireNonNullElse(act.before, List.of()),
                        act.pictures());
            case "verify" -> () -> desk.verify(reader, id, version, act.text());
            case "send_back" -> () -> desk.sendBack(reader, id, version, act.text());
            default -> residentsOrHelpers(reader, id, verb, act);
        };
    }

    private Runnable residentsOrHelpers(Reader reader, OrderId id, String verb, Act act) {
        int version = act.version;
        Supplier<Long> assist = () -> Act.need("assist", act.assist);
        return switch (verb) {
            case "join" -> () -> joiners.join(reader, id);
            case "deny_contact" -> () -> desk.denyContact(reader, id, version);
            case "remark" -> () -> desk.remark(reader, id, version, act.text(), act.pictures());
            case "urge" -> () -> desk.urge(reader, id, version);
            case "withdraw" -> () -> desk.withdraw(reader, id, version, act.text());
            case "rate" -> () -> ratings.rate(reader, id, version, act.solved, act.satisfied, act.text());
            case "ask_help" ->
                () -> assists.ask(
                        reader, id, version, Act.need("body", act.body), act.text(), Act.need("due", act.due));
            case "help_accept" -> () -> assists.accept(reader, id, version, assist.get());
            case "help_decline" -> () -> assists.decline(reader, id, version, assist.get(), act.text());
            case "help_done" -> () -> assists.done(reader, id, version, assist.get(), act.text(), act.pictures());
            default -> throw new Missing("没有“" + verb + "”这个动作。");
        };
    }
}
