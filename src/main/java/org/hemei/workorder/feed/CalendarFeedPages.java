package org.hemei.workorder.feed;

import java.net.URI;
import java.time.InstantSource;
import org.hemei.access.Readers;
import org.hemei.platform.Missing;
import org.hemei.platform.Reader;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.servlet.ModelAndView;

/** 时限日历: the page where its address is made, renewed and ended, and the calendar itself. */
@Controller
class CalendarFeedPages {

    private final CalendarFeeds feeds;
    private final DeadlineCalendar deadlines;
    private final Readers readers;
    private final InstantSource clock;
    private final String address;

    CalendarFeedPages(
            CalendarFeeds feeds,
            DeadlineCalendar deadlines,
            Readers readers,
            InstantSource clock,
            @Value("${hemei.address}") String address) {
        this.feeds = feeds;
        this.deadlines = deadlines;
        this.readers = readers;
        this.clock = clock;
        this.address = address;
    }

    private static void required(Reader reader) {
        if (!DeadlineCalendar.has(reader)) {
            throw new AccessDeniedException("for those who work on orders");
        }
    }

    @GetMapping("/me/calendar")
    ModelAndView page(Reader reader) {
        required(reader);
        return page(reader, null);
    }

    /** The address stands on the answer to the form alone, so that no history or link keeps it. */
    @PostMapping("/me/calendar")
    ModelAndView make(Reader reader) {
        required(reader);
        return page(reader, address + "/feeds/deadlines/" + feeds.make(reader) + ".ics");
    }

    private ModelAndView page(Reader reader, @Nullable String made) {
        var page = new ModelAndView("workorder/feed/calendar");
        page.addObject("own", feeds.of(reader).orElse(null));
        page.addObject("made", made);
        page.addObject("count", deadlines.of(reader).size());
        return page;
    }

    @PostMapping("/me/calendar/end")
    ModelAndView end(Reader reader) {
        required(reader);
        feeds.end(reader);
        return new ModelAndView("redirect:/me/calendar?done=ended");
    }

    /** What the owner may see at this moment: a grant that ended shows nothing any more. */
    @GetMapping("/feeds/deadlines/{token}.ics")
    ResponseEntity<String> calendar(@PathVariable String token) {
        var reader = feeds.account(token)
                .flatMap(readers::of)
                .filter(DeadlineCalendar::has)
                .orElseThrow(() -> new Missing("没有这个日历，或者它的地址换过了。"));
        return ResponseEntity.ok()
                .contentType(MediaType.parseMediaType("text/calendar;charset=UTF-8"))
                .header(HttpHeaders.CACHE_CONTROL, "private, max-age=900")
                .body(ICalendar.of(
                        deadlines.of(reader),
                        clock.instant(),
                        address,
                        URI.create(address).getHost()));
    }
}
