package org.hemei.ballot;

import java.time.InstantSource;
import java.util.HexFormat;
import java.util.Map;
import org.hemei.access.Role;
import org.hemei.platform.Reader;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;

/** A household takes its ballot. This is the only place that knows who they are, and it does not see the ballot. */
@Controller
class TakePages {

    private static final String PATH = "/ballots/{poll:\\d{1,18}}/units/{unit:\\d{1,18}}/take";

    private final BoxQueries queries;
    private final PollStore store;
    private final BallotBox box;
    private final InstantSource clock;

    TakePages(BoxQueries queries, PollStore store, BallotBox box, InstantSource clock) {
        this.queries = queries;
        this.store = store;
        this.box = box;
        this.clock = clock;
    }

    private BoxQueries.Home home(Reader reader, long poll, long unit) {
        var scope = Role.required(reader, Role.RESIDENT);
        return queries.homes(reader, scope, clock.instant()).stream()
                .filter(home -> home.poll() == poll && home.unit() == unit)
                .findFirst()
                .orElseThrow(BallotBox::none);
    }

    @GetMapping(PATH)
    ModelAndView take(Reader reader, @PathVariable long poll, @PathVariable long unit) {
        var page = new ModelAndView("ballot/take");
        page.addObject("home", home(reader, poll, unit));
        page.addObject("poll", store.find(poll).orElseThrow(BallotBox::none));
        return page;
    }

    @PostMapping(PATH)
    ResponseEntity<Object> sign(
            Reader reader,
            @PathVariable long poll,
            @PathVariable long unit,
            @RequestParam(defaultValue = "") String blinded) {
        home(reader, poll, unit);
        return BoxPages.answered(() -> Map.of(
                "signature",
                HexFormat.of()
                        .formatHex(box.sign(reader, poll, unit, BallotBox.Channel.PHONE, BoxPages.bytes(blinded)))));
    }
}
