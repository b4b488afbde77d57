package org.hemei.ballot;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.hemei.access.Role;
import org.hemei.platform.Missing;
import org.hemei.platform.Reader;
import org.hemei.platform.Refusal;
import org.hemei.platform.attachment.Attachment;
import org.hemei.platform.attachment.Attachments;
import org.hemei.platform.time.CivilTime;
import org.hemei.platform.web.Form;
import org.hemei.platform.web.FormAnswer;
import org.hemei.platform.web.FormErrors;
import org.hemei.platform.web.Once;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.util.LinkedMultiValueMap;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.multipart.MultipartFile;
import org.springframework.web.servlet.ModelAndView;

/** The desk of an estate in a poll: how many had their ballot, and everything about paper. */
@Controller
class DeskPages {

    static final String GROUP = "/ballots/{poll:\\d{1,18}}/{estate:\\d{1,18}}";

    /** District, city and the housing departments, which run campaigns, read how many; not which door. */
    static final Role[] READERS = {Role.COMMUNITY, Role.STREET, Role.ASSESSOR, Role.DISTRICT, Role.CITY, Role.HOUSING};

    private final DeskQueries queries;
    private final SheetDesk desk;
    private final PaperSheets sheets;
    private final Polls polls;
    private final Tallies tallies;
    private final Attachments attachments;
    private final Keyers keyers;
    private final Scans pictures;
    private final Once once;
    private final InstantSource clock;

    DeskPages(
            DeskQueries queries,
            SheetDesk desk,
            PaperSheets sheets,
            Polls polls,
            Tallies tallies,
            Attachments attachments,
            Keyers keyers,
            Scans pictures,
            Once once,
            InstantSource clock) {
        this.queries = queries;
        this.desk = desk;
        this.sheets = sheets;
        this.polls = polls;
        this.tallies = tallies;
        this.attachments = attachments;
        this.keyers = keyers;
        this.pictures = pictures;
        this.once = once;
        this.clock = clock;
    }

    /** How a household had its ballot, in words. */
    static String channel(@Nullable String code) {
        return switch (String.valueOf(code)) {
            case "phone" -> "手机上领的";
            case "face" -> "上门投的";
            case "paper" -> "纸质";
            default -> "还没有";
        };
    }

    @GetMapping(GROUP)
    ModelAndView group(Reader reader, @PathVariable long poll, @PathVariable long estate) {
        return page(reader, poll, estate, Form.empty(), FormErrors.NONE);
    }

    private ModelAndView page(Reader reader, long id, long estate, Form form, FormErrors errors) {
        var place = sheets.place(id, estate)
                .filter(one -> reader.scope(READERS).covers(one.community()))
                .orElseThrow(() -> new Missing("没有这次投票，或它不归您管。"));
        var poll = polls.find(id).orElseThrow();
        var page = new ModelAndView("ballot/desk");
        page.addObject("poll", poll);
        page.addObject("group", tallies.groups(poll, estate).getFirst());
        var against = keyers.against(reader, id, estate);
        var works = against == null && reader.scope(Keyers.ROLES).covers(place.community());
        page.addObject("keys", works);
        page.addObject("against", against);
        page.addObject("open", poll.takes(clock.instant()));
        page.addObject("made", polls.keys(id));
        page.addObject("voids", VoidDesk.may(reader, poll));
        // door by door only for those who hand out ballots there; others read how many
        page.addObject("without", works ? queries.without(place.district(), id, estate) : List.of());
        page.addObject(
                "back",
                works && sheets.keyed(place.district(), id, estate) == 0
                        ? queries.handedOut(place.district(), id, estate, CivilTime.date(clock.instant()))
                        : List.of());
        page.addObject("printed", sheets.printed(place.district(), id, estate));
        page.addObject("keyed", sheets.keyed(place.district(), id, estate));
        page.addObject("waiting", works ? waiting(reader, place, id, estate) : List.of());
        page.addObject("form", form);
        page.addObject("errors", errors);
        return page;
    }

    /** A sheet that waits for another reading. @param own whether this reader has read it already */
    record Waiting(String serial, boolean differs, boolean own, List<Attachment> scans) {}

    private List<Waiting> waiting(Reader reader, PaperSheets.Place place, long poll, long estate) {
        var all = sheets.waiting(place.district(), poll, estate);
        var scans = pictures.of(
                place.district(),
                poll,
                all.stream().map(PaperSheets.Sheet::serial).toList());
        return all.stream()
                .map(sheet -> new Waiting(
                        Serial.told(sheet.serial()),
                        sheet.state() == PaperSheets.State.DIFFERS,
                        sheet.readings().stream().anyMatch(one -> one.by() == reader.account()),
                        scans.getOrDefault(Serial.told(sheet.serial()), List.of())))
                .toList();
    }

    private ModelAndView answer(
            Reader reader, long poll, long estate, Form form, java.util.function.Supplier<String> work) {
        keyers.place(reader, poll, estate);
        return FormAnswer.of(
                () -> "/ballots/" + poll + "/" + estate + "?done=" + work.get(),
                errors -> page(reader, poll, estate, form, errors));
    }

    @PostMapping(GROUP + "/hand-out")
    ModelAndView handOut(
            Reader reader,
            @PathVariable long poll,
            @PathVariable long estate,
            @RequestParam MultiValueMap<String, String> values) {
        var form = Form.of(values);
        return answer(reader, poll, estate, form, () -> {
            var unit = form.chosen("unit", "请选是哪户领的。");
            form.check();
            desk.handOut(reader, poll, estate, unit);
            return "handed";
        });
    }

    @PostMapping(GROUP + "/take-back")
    ModelAndView takeBack(
            Reader reader,
            @PathVariable long poll,
            @PathVariable long estate,
            @RequestParam MultiValueMap<String, String> values) {
        var form = Form.of(values);
        return answer(reader, poll, estate, form, () -> {
            var unit = form.chosen("back", "请选退哪户的。");
            form.check();
            desk.takeBack(reader, poll, estate, unit, form.get("reason"));
            return "back";
        });
    }

    @PostMapping(GROUP + "/sheets")
    ModelAndView print(
            Reader reader,
            @PathVariable long poll,
            @PathVariable long estate,
            @RequestParam MultiValueMap<String, String> values) {
        var form = Form.of(values);
        return answer(reader, poll, estate, form, () -> {
            var count = form.needed("count", 1, 9999, "请填要印几张。");
            form.check();
            return once.run(reader, form.get("_once"), poll + "/" + estate + form, () -> {
                desk.print(reader, poll, estate, count);
                return "printed";
            });
        });
    }

    @PostMapping(GROUP + "/key")
    ModelAndView key(
            Reader reader,
            @PathVariable long poll,
            @PathVariable long estate,
            @RequestParam MultiValueMap<String, String> values,
            @RequestParam(required = false) @Nullable List<MultipartFile> files) {
        keyers.place(reader, poll, estate);
        var kept = new LinkedMultiValueMap<>(values);
        var dropped = kept.getFirst("drop");
        if (dropped != null && !dropped.isEmpty()) {
            kept.remove("drop");
            kept.values().forEach(list -> list.removeIf(dropped::equals));
            return page(reader, poll, estate, Form.of(kept), FormErrors.NONE);
        }
        return FormAnswer.of(
                () -> {
                    take(reader, poll, estate, files, kept);
                    return "/ballots/" + poll + "/" + estate + "?done=" + keyed(reader, poll, estate, kept);
                },
                errors -> page(reader, poll, estate, Form.of(kept), errors));
    }

    private String keyed(Reader reader, long poll, long estate, MultiValueMap<String, String> kept) {
        var form = Form.of(kept);
        var serial = form.text("serial", 20, "请填票上的编号。");
        var questions = polls.find(poll).map(Poll::questions).orElse(List.of());
        for (int n = 1; n <= questions.size(); n++) {
            if (form.get("q" + n).isEmpty()) {
                form.wrong("q" + n, "第 " + n + " 题没选。票上没勾的选“不了解”。");
            }
        }
        form.check();
        var answers = IntStream.rangeClosed(1, questions.size())
                .mapToObj(n -> form.get("q" + n))
                .map(one -> one.length() == 1 ? one : "?")
                .collect(Collectors.joining());
        return desk.key(reader, poll, estate, serial, answers, scans(form)).code();
    }

    /** Scans that came with the form itself count as chosen from then on, also when the form is refused. */
    private void take(
            Reader reader,
            long poll,
            long estate,
            @Nullable List<MultipartFile> files,
            MultiValueMap<String, String> kept) {
        var district = sheets.place(poll, estate).orElseThrow(BallotBox::none).district();
        for (var file : files == null ? List.<MultipartFile>of() : files) {
            if (!file.isEmpty()) {
                kept.add(
                        "photos",
                        attachments
                                .store(reader, district, file, Attachments.Purpose.PHOTO)
                                .toString());
            }
        }
    }

    private static List<UUID> scans(Form form) {
        List<UUID> ids = new ArrayList<>();
        for (var text : form.all("photos")) {
            if (!text.matches("[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}")) {
                throw Refusal.of("photos", "有照片没传好。请重新传。");
            }
            ids.add(UUID.fromString(text));
        }
        return ids;
    }
}
