package org.hemei.ballot;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Base64;
import java.util.Collections;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;
import org.hemei.platform.Missing;
import org.hemei.platform.Refusal;
import org.hemei.platform.web.Shells;
import org.jspecify.annotations.Nullable;
import org.springframework.http.CacheControl;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;
import org.springframework.web.util.UriComponentsBuilder;
import org.springframework.web.util.UriUtils;

/** The box itself: the ballot, what was counted, and all that is needed to check it. These pages do not know who reads them. */
@Controller
class BoxPages {

    private static final String POLL = "/ballot-box/{poll:\\d{1,18}}";
    private static final String GROUP = POLL + "/{estate:\\d{1,18}}";
    private static final int MOST_KEY_LISTS = 8;
    private static final HexFormat HEX = HexFormat.of();
    private static final MediaType TEXT = MediaType.parseMediaType("text/plain;charset=UTF-8");
    private static final int LONGEST = 2 * BlindRsa.BYTES;

    /** What looking for a receipt found. */
    record Looked(String receipt, boolean found) {}

    private final BoxQueries queries;
    private final Boxes boxes;
    private final Polls polls;
    private final Tallies tallies;
    private final BallotBox box;
    private final Recount recount;
    private final Shells shells;
    private final InstantSource clock;

    /** The public keys of polls that were opened, as texts: every household reads one, and it never changes. */
    private final Map<Long, String> keys = Collections.synchronizedMap(new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Long, String> eldest) {
            return size() > MOST_KEY_LISTS;
        }
    });

    BoxPages(
            BoxQueries queries,
            Boxes boxes,
            Polls polls,
            Tallies tallies,
            BallotBox box,
            Recount recount,
            Shells shells,
            InstantSource clock) {
        this.queries = queries;
        this.boxes = boxes;
        this.polls = polls;
        this.tallies = tallies;
        this.box = box;
        this.recount = recount;
        this.shells = shells;
        this.clock = clock;
    }

    /** These pages have a frame of their own: the other one shows who is signed in. */
    private ModelAndView page(String name) {
        var page = new ModelAndView("ballot/" + name);
        page.addObject("shell", null);
        page.addObject("demo", shells.demo());
        return page;
    }

    @GetMapping("/ballot-box")
    ModelAndView all(@RequestParam(defaultValue = "") String after) {
        var last = after.matches("\\d{1,18}") ? Long.parseLong(after) : 0;
        var polls = queries.shown(last);
        var page = page("box");
        page.addObject("polls", polls.stream().limit(BoxQueries.PAGE).toList());
        page.addObject("first", last == 0 ? null : "/ballot-box");
        page.addObject(
                "next",
                polls.size() > BoxQueries.PAGE
                        ? "/ballot-box?after=" + polls.get(BoxQueries.PAGE - 1).id()
                        : null);
        page.addObject("now", clock.instant());
        return page;
    }

    @GetMapping(POLL)
    ModelAndView poll(
            @PathVariable long poll,
            @RequestParam(defaultValue = "") String q,
            @RequestParam(defaultValue = "") String after) {
        var page = page("poll");
        var last = after.matches("\\d{1,18}") ? Long.parseLong(after) : 0;
        var estates = queries.estates(poll, q.strip(), last);
        var shown = estates.stream().limit(BoxQueries.ESTATES).toList();
        var address = UriComponentsBuilder.fromPath("/ballot-box/" + poll);
        if (!q.isBlank()) {
            address.queryParam("q", UriUtils.encode(q.strip(), StandardCharsets.UTF_8));
        }
        page.addObject("poll", shown(poll));
        page.addObject("keys", polls.keys(poll));
        page.addObject("audited", queries.audited(poll));
        page.addObject("estates", shown);
        page.addObject("first", last == 0 ? null : address.toUriString());
        page.addObject(
                "next",
                estates.size() > shown.size()
                        ? address.queryParam("after", shown.getLast().id()).toUriString()
                        : null);
        page.addObject("q", q.strip());
        page.addObject("now", clock.instant());
        return page;
    }

    private Poll shown(long id) {
        return polls.find(id)
                .filter(poll -> poll.state() != PollState.CANCELLED)
                .orElseThrow(() -> new Missing("没有这次投票，或者取消了。"));
    }

    /** The ballot while the poll is open; afterwards what came of it, with a look for one's receipt. */
    @GetMapping(GROUP)
    ModelAndView group(@PathVariable long poll, @PathVariable long estate) {
        return group(poll, estate, null);
    }

    /** Without script; with it the device looks into the list itself. What is asked for stands in no address and in no log of addresses. */
    @PostMapping(GROUP + "/receipt")
    ModelAndView receipt(
            @PathVariable long poll, @PathVariable long estate, @RequestParam(defaultValue = "") String receipt) {
        return group(poll, estate, receipt);
    }

    private ModelAndView group(long poll, long estate, @Nullable String receipt) {
        var one = shown(poll);
        var group = tallies.groups(one, estate).stream().findFirst().orElseThrow(BallotBox::none);
        var page = page(screen(one, group));
        var counted = boxes.find(poll, estate).filter(known -> known.root() != null);
        page.addObject("poll", one);
        page.addObject("group", group);
        page.addObject("heard", group.annulled() != null && queries.heard(poll, estate));
        page.addObject(
                "again",
                polls.again(poll)
                        .filter(another -> boxes.find(another.id(), estate).isPresent())
                        .orElse(null));
        page.addObject("now", clock.instant());
        page.addObject("looked", receipt == null ? null : look(group, one, receipt));
        page.addObject(
                "look",
                one.root() == null
                        ? null
                        : counted.map(known -> recount.look(one, known)).orElse(null));
        return page;
    }

    private String screen(Poll poll, Tally.Group group) {
        if (group.voided() != null) {
            return "voided";
        }
        return poll.state() == PollState.COUNTED ? "result" : poll.takes(clock.instant()) ? "ballot" : "wait";
    }

    private Looked look(Tally.Group group, Poll poll, String typed) {
        var code = typed.replaceAll("[\\s-]", "").toLowerCase(Locale.ROOT);
        var serial = Serial.read(typed);
        var found = code.matches("[0-9a-f]{12,64}") && tallies.listed(group.district(), poll.id(), group.estate(), code)
                || serial != null
                        && tallies.sheets(group.district(), poll.id(), group.estate())
                                .contains(serial);
        return new Looked(typed, found);
    }

    @GetMapping(GROUP + "/key")
    ResponseEntity<Object> key(@PathVariable long poll, @PathVariable long estate) {
        return answered(() -> Map.of("kty", "RSA", "n", url(box.key(poll, estate)), "e", url(exponent())));
    }

    private static byte[] exponent() {
        return org.bouncycastle.util.BigIntegers.asUnsignedByteArray(BlindRsa.EXPONENT);
    }

    private static String url(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    @PostMapping(GROUP)
    ResponseEntity<Object> cast(
            @PathVariable long poll, @PathVariable long estate, @RequestParam MultiValueMap<String, String> values) {
        return answered(() -> {
            var receipt = box.cast(
                    poll,
                    estate,
                    bytes(values.getFirst("message")),
                    bytes(values.getFirst("signature")),
                    bytes(values.getFirst("secret")),
                    String.valueOf(values.getFirst("answers")));
            return Map.of("receipt", HEX.formatHex(receipt));
        });
    }

    /** What a script reads: the answer, or with 422 the reason in words and what it is about. */
    static ResponseEntity<Object> answered(Supplier<Map<String, String>> work) {
        try {
            return ResponseEntity.ok().cacheControl(CacheControl.noStore()).body(work.get());
        } catch (Refusal refused) {
            var about = refused.reasons().getFirst().field();
            return ResponseEntity.unprocessableContent()
                    .body(Map.of("words", refused.getMessage(), "about", about == null ? "" : about));
        }
    }

    /** Bytes written in hex; none for what is no hex. */
    static byte[] bytes(@Nullable String hex) {
        return hex != null && hex.length() <= LONGEST && hex.length() % 2 == 0 && hex.matches("[0-9a-f]*")
                ? HEX.parseHex(hex)
                : new byte[0];
    }

    @GetMapping(GROUP + "/list.txt")
    ResponseEntity<String> list(@PathVariable long poll, @PathVariable long estate) {
        return text(tallies.list(counted(poll, estate).district(), poll, estate));
    }

    /** The numbers of the sheets that counted: a list of its own, so that nobody sees which ballot came on which sheet. */
    @GetMapping(GROUP + "/sheets.txt")
    ResponseEntity<String> sheets(@PathVariable long poll, @PathVariable long estate) {
        return text(tallies.sheets(counted(poll, estate).district(), poll, estate));
    }

    /** The numbers; {@code sha256sum} of it is what stands under the root. */
    @GetMapping(GROUP + "/counts.txt")
    ResponseEntity<String> counts(@PathVariable long poll, @PathVariable long estate) {
        var group = counted(poll, estate);
        if (!shown(poll).answersShown()) {
            throw new Missing("票数还没有公布。");
        }
        return text(tallies.counts(group.district(), poll, estate));
    }

    private Boxes.Group counted(long poll, long estate) {
        return boxes.find(poll, estate)
                .filter(one -> one.root() != null)
                .orElseThrow(() -> new Missing("还没点完，名单还没出来。"));
    }

    @GetMapping(POLL + "/roots.txt")
    ResponseEntity<String> roots(@PathVariable long poll) {
        if (shown(poll).state() != PollState.COUNTED) {
            throw new Missing("还没点完，名单还没出来。");
        }
        if (tallies.guessable(shown(poll))) {
            throw new Missing("这次投票点得早，各小区的根值和怎么答的一起公布。");
        }
        return text(Tallies.roots(boxes.all(poll)));
    }

    @GetMapping(POLL + "/keys.txt")
    ResponseEntity<String> keys(@PathVariable long poll) {
        var one = shown(poll);
        if (one.state() == PollState.PLANNED) {
            return text(boxes.keys(one)); // some are still being made
        }
        return ResponseEntity.ok()
                .contentType(TEXT)
                .cacheControl(CacheControl.maxAge(Duration.ofDays(1)).cachePublic())
                .body(keys.computeIfAbsent(one.id(), id -> lines(boxes.keys(one))));
    }

    private static ResponseEntity<String> text(List<String> lines) {
        return ResponseEntity.ok().contentType(TEXT).body(lines(lines));
    }

    private static String lines(List<String> lines) {
        return lines.isEmpty() ? "" : String.join("\n", lines) + "\n";
    }
}
