package org.hemei.platform.notice;

import java.net.URI;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.regex.Pattern;
import org.hemei.platform.Reader;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** The reader's own inbox. */
@Controller
class NoticePages {

    private static final int PAGE = 20;
    private static final Pattern PLACE = Pattern.compile("(\\d{1,17})-(\\d{1,18})");
    private static final Pattern ID = Pattern.compile("\\b\\d{1,18}\\b");

    private final Notices notices;
    private final InstantSource clock;

    NoticePages(Notices notices, InstantSource clock) {
        this.notices = notices;
        this.clock = clock;
    }

    /** @param before place to go on from, as the link at the foot of the page says it; anything else begins at the top */
    @GetMapping("/notices")
    String list(Reader reader, @RequestParam(defaultValue = "") String before, Model model) {
        var place = place(before);
        var asOf = clock.instant(); // before the list is read, so that it has all that was written until then
        var found = notices.list(reader, place, PAGE + 1);
        var shown = found.size() > PAGE ? found.subList(0, PAGE) : found;
        model.addAttribute("notices", shown);
        model.addAttribute("unread", notices.unread(reader));
        model.addAttribute("next", found.size() > PAGE ? "/notices?before=" + name(shown) : null);
        model.addAttribute("first", place == null ? null : "/notices");
        model.addAttribute("asOf", micros(asOf));
        // whoever holds nothing but dwellings lives here; everybody else works at a desk
        model.addAttribute("phone", reader.grants().stream().allMatch(grant -> grant.unit() != null));
        return "platform/notice/notices";
    }

    private static String name(List<Notice> shown) {
        var last = shown.getLast();
        return micros(last.at()) + "-" + last.id();
    }

    private static Notices.@Nullable Place place(String words) {
        var match = PLACE.matcher(words);
        return match.matches()
                ? new Notices.Place(instant(Long.parseLong(match.group(1))), Long.parseLong(match.group(2)))
                : null;
    }

    private static long micros(Instant at) {
        return ChronoUnit.MICROS.between(Instant.EPOCH, at);
    }

    private static Instant instant(long micros) {
        return Instant.EPOCH.plus(micros, ChronoUnit.MICROS);
    }

    @PostMapping("/notices/{id}/read")
    ResponseEntity<Void> read(Reader reader, @PathVariable long id) {
        return to(notices.open(reader, id));
    }

    /**
     * @param asOf microseconds of when the page was made that the reader saw
     * @param shown the notices on it, one after the other
     */
    @PostMapping("/notices/read-all")
    ResponseEntity<Void> readAll(
            Reader reader, @RequestParam(defaultValue = "0") long asOf, @RequestParam(defaultValue = "") String shown) {
        var ids = ID.matcher(shown)
                .results()
                .limit(PAGE)
                .map(id -> Long.valueOf(id.group()))
                .toList();
        notices.readAll(reader, ids, instant(Math.clamp(asOf, 0, 99_999_999_999_999_999L)));
        return to("/notices");
    }

    private static ResponseEntity<Void> to(String path) {
        return ResponseEntity.status(HttpStatus.SEE_OTHER)
                .location(URI.create(path))
                .build();
    }
}
