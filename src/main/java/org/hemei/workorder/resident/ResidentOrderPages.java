package org.hemei.workorder.resident;

import jakarta.servlet.http.HttpServletResponse;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.hemei.platform.Missing;
import org.hemei.platform.Reader;
import org.hemei.platform.Refusal;
import org.hemei.platform.attachment.Attachments;
import org.hemei.platform.web.FormErrors;
import org.hemei.workorder.OrderId;
import org.hemei.workorder.OrderScreen;
import org.hemei.workorder.RatingDesk;
import org.hemei.workorder.Standing;
import org.hemei.workorder.Verb;
import org.hemei.workorder.WorkOrderDesk;
import org.jspecify.annotations.Nullable;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.multipart.MultipartFile;

/** One order for the resident who filed it or joined it, and what they can do with it. */
@Controller
@Order(1)
@RequestMapping("/orders/{id:\\d{6}-\\d+}")
class ResidentOrderPages implements OrderScreen {

    /** What was typed into the rating form. */
    record Rating(
            @Nullable String solved,
            @Nullable Integer satisfied,
            @Nullable String words) {
        static final Rating EMPTY = new Rating(null, null, null);

        @Nullable
        Boolean isSolved() {
            return solved == null ? null : (Boolean) solved.equals("yes");
        }

        String said() {
            return Objects.requireNonNullElse(words, "");
        }
    }

    /** What was typed into the form for a remark. */
    record Remark(@Nullable String words, @Nullable List<UUID> photos) {
        static final Remark EMPTY = new Remark(null, null);

        String said() {
            return Objects.requireNonNullElse(words, "");
        }

        List<UUID> kept() {
            return photos == null
                    ? List.of()
                    : photos.stream().filter(Objects::nonNull).distinct().toList();
        }

        List<String> keptIds() {
            return kept().stream().map(UUID::toString).toList();
        }

        Remark with(UUID photo) {
            return new Remark(
                    words,
                    java.util.stream.Stream.concat(kept().stream(), java.util.stream.Stream.of(photo))
                            .toList());
        }

        Remark without(UUID photo) {
            return new Remark(
                    words, kept().stream().filter(p -> !p.equals(photo)).toList());
        }
    }

    private final ResidentOrders orders;
    private final WorkOrderDesk desk;
    private final RatingDesk ratings;
    private final Attachments attachments;
    private final InstantSource clock;

    ResidentOrderPages(
            ResidentOrders orders,
            WorkOrderDesk desk,
            RatingDesk ratings,
            Attachments attachments,
            InstantSource clock) {
        this.orders = orders;
        this.desk = desk;
        this.ratings = ratings;
        this.attachments = attachments;
        this.clock = clock;
    }

    @Override
    public boolean serves(Set<Standing> standings) {
        return standings.contains(Standing.REPORTER) || standings.contains(Standing.JOINER);
    }

    @Override
    public String show(Reader reader, OrderId id, Model model) {
        return page(reader, id, Rating.EMPTY, FormErrors.NONE, model);
    }

    @PostMapping("/urge")
    String urge(
            Reader reader,
            @PathVariable OrderId id,
            @RequestParam int version,
            Model model,
            HttpServletResponse response) {
        return acted(reader, id, "urge", () -> desk.urge(reader, id, version), model, response);
    }

    /** 没联系: the only answer that changes anything; silence lets the log stand. */
    @PostMapping("/contact-answer")
    String contactAnswer(
            Reader reader,
            @PathVariable OrderId id,
            @RequestParam int version,
            @RequestParam String answer,
            Model model,
            HttpServletResponse response) {
        return acted(
                reader,
                id,
                "contact",
                () -> {
                    if (!answer.equals("no")) {
                        throw Refusal.of("联系过就不用点。没联系过您，才点“没联系过我”。");
                    }
                    desk.denyContact(reader, id, version);
                },
                model,
                response);
    }

    @PostMapping("/rate")
    String rate(
            Reader reader,
            @PathVariable OrderId id,
            @RequestParam int version,
            Rating rating,
            Model model,
            HttpServletResponse response) {
        try {
            ratings.rate(reader, id, version, rating.isSolved(), rating.satisfied(), rating.said());
        } catch (Refusal refusal) {
            response.setStatus(422);
            return page(reader, id, rating, FormErrors.of(refusal), model);
        }
        return "redirect:/orders/" + id + "?done=" + (Boolean.TRUE.equals(rating.isSolved()) ? "rate" : "reopen");
    }

    @GetMapping("/remark")
    String remarkForm(Reader reader, @PathVariable OrderId id, Model model) {
        return remarkPage(reader, id, Remark.EMPTY, FormErrors.NONE, model);
    }

    @PostMapping("/remark")
    String remark(
            Reader reader,
            @PathVariable OrderId id,
            @RequestParam int version,
            Remark remark,
            @RequestParam(required = false) @Nullable UUID drop,
            @RequestParam(required = false) @Nullable List<MultipartFile> files,
            Model model,
            HttpServletResponse response) {
        if (drop != null) {
            return remarkPage(reader, id, remark.without(drop), FormErrors.NONE, model);
        }
        var whole = remark;
        try {
            whole = upload(reader, id, remark, files);
            desk.remark(reader, id, version, whole.said(), whole.kept());
        } catch (Refusal refusal) {
            response.setStatus(422);
            return remarkPage(reader, id, whole, FormErrors.of(refusal), model);
        }
        return "redirect:/orders/" + id + "?done=remark";
    }

    private Remark upload(Reader reader, OrderId id, Remark remark, @Nullable List<MultipartFile> files) {
        var more = remark;
        for (var file : files == null ? List.<MultipartFile>of() : files) {
            if (!file.isEmpty()) {
                orders.read(reader, id);
                more = more.with(attachments.store(reader, id.district(), file, Attachments.Purpose.PHOTO));
            }
        }
        return more;
    }

    @GetMapping("/withdraw")
    String withdrawForm(Reader reader, @PathVariable OrderId id, Model model) {
        return withdrawPage(reader, id, "", FormErrors.NONE, model);
    }

    @PostMapping("/withdraw")
    String withdraw(
            Reader reader,
            @PathVariable OrderId id,
            @RequestParam int version,
            @RequestParam(defaultValue = "") String reason,
            Model model,
            HttpServletResponse response) {
        boolean goesOn;
        try {
            desk.withdraw(reader, id, version, reason);
            goesOn = orders.read(reader, id).facts().state().open();
        } catch (Refusal refusal) {
            response.setStatus(422);
            return withdrawPage(reader, id, reason, FormErrors.of(refusal), model);
        }
        return "redirect:/orders/" + id + "?done=" + (goesOn ? "leave" : "withdraw");
    }

    private String acted(
            Reader reader, OrderId id, String done, Runnable act, Model model, HttpServletResponse response) {
        try {
            act.run();
        } catch (Refusal refusal) {
            response.setStatus(422);
            return page(reader, id, Rating.EMPTY, FormErrors.of(refusal), model);
        }
        return "redirect:/orders/" + id + "?done=" + done;
    }

    private String page(Reader reader, OrderId id, Rating rating, FormErrors errors, Model model) {
        var order = orders.read(reader, id);
        var now = clock.instant();
        model.addAttribute("order", order);
        model.addAttribute("story", ResidentStory.of(order, now));
        model.addAttribute("keptStory", order.kept() == null ? List.of() : ResidentStory.of(order.kept(), now));
        model.addAttribute("promise", ResidentPromise.of(order, now));
        model.addAttribute("rating", rating);
        model.addAttribute("errors", errors);
        return "workorder/resident/order";
    }

    private String remarkPage(Reader reader, OrderId id, Remark remark, FormErrors errors, Model model) {
        model.addAttribute("order", mine(reader, id, Verb.REMARK));
        model.addAttribute("remark", remark);
        model.addAttribute("errors", errors);
        return "workorder/resident/remark";
    }

    private String withdrawPage(Reader reader, OrderId id, String reason, FormErrors errors, Model model) {
        model.addAttribute("order", mine(reader, id, Verb.WITHDRAW));
        model.addAttribute("reason", reason);
        model.addAttribute("errors", errors);
        return "workorder/resident/withdraw";
    }

    private ResidentOrder mine(Reader reader, OrderId id, Verb verb) {
        var order = orders.read(reader, id);
        if (!order.may(verb)) {
            throw new Missing("这张工单现在不能" + verb.words() + "。");
        }
        return order;
    }
}
