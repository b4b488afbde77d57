package org.hemei.ballot;

import java.util.HexFormat;
import java.util.Map;
import org.hemei.access.Role;
import org.hemei.platform.Reader;
import org.springframework.core.io.ClassPathResource;
import org.springframework.core.io.Resource;
import org.springframework.http.CacheControl;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;

/** The assessor's page at the door: installable, works without a network, and sends by the same protocol as a household. */
@Controller
class TabletPages {

    private static final String GROUP = "/ballots/{poll:\\d{1,18}}/{estate:\\d{1,18}}";
    private static final Resource WORKER = new ClassPathResource("static/assets/tablet-worker.js");

    private final DeskQueries queries;
    private final Keyers keyers;
    private final PollStore store;
    private final DoorDesk desk;

    TabletPages(DeskQueries queries, Keyers keyers, PollStore store, DoorDesk desk) {
        this.queries = queries;
        this.keyers = keyers;
        this.store = store;
        this.desk = desk;
    }

    @GetMapping(GROUP + "/tablet")
    ModelAndView tablet(Reader reader, @PathVariable long poll, @PathVariable long estate) {
        var place = keyers.place(reader, poll, estate);
        var page = new ModelAndView("ballot/tablet");
        page.addObject("poll", store.find(poll).orElseThrow(BallotBox::none));
        page.addObject("place", place);
        page.addObject("estate", estate);
        page.addObject("without", queries.without(place.district(), poll, estate));
        return page;
    }

    @PostMapping(GROUP + "/face")
    ResponseEntity<Object> sign(
            Reader reader,
            @PathVariable long poll,
            @PathVariable long estate,
            @RequestParam(defaultValue = "") String unit,
            @RequestParam(defaultValue = "") String blinded) {
        return BoxPages.answered(() -> Map.of(
                "signature",
                HexFormat.of()
                        .formatHex(desk.sign(
                                reader,
                                poll,
                                estate,
                                unit.matches("\\d{1,18}") ? Long.parseLong(unit) : 0,
                                BoxPages.bytes(blinded)))));
    }

    /** From an address above the pages it works for, as browsers want it. */
    @GetMapping("/ballots/worker.js")
    ResponseEntity<Resource> worker(Reader reader) {
        Role.required(reader, Keyers.ROLES);
        return ResponseEntity.ok()
                .contentType(MediaType.parseMediaType("text/javascript;charset=UTF-8"))
                .cacheControl(CacheControl.noCache())
                .body(WORKER);
    }
}
