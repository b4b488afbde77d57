package org.hemei.evaluation.listing;

import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import org.hemei.platform.Missing;
import org.hemei.platform.Reader;
import org.hemei.platform.pdf.Paper;
import org.hemei.platform.pdf.Pdfs;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;

/** The documents of a case, for its sides: the notice, the decision with how to repair, what became of a repair or
 * an objection, and that it was wrong from the start. */
@Controller
class ListingPapers {

    private final ListingPages pages;
    private final ListingRules rules;
    private final Remedies remedies;
    private final Pdfs pdfs;
    private final JdbcClient jdbc;
    private final InstantSource clock;

    ListingPapers(
            ListingPages pages,
            ListingRules rules,
            Remedies remedies,
            Pdfs pdfs,
            JdbcClient jdbc,
            InstantSource clock) {
        this.pages = pages;
        this.rules = rules;
        this.remedies = remedies;
        this.pdfs = pdfs;
        this.jdbc = jdbc;
        this.clock = clock;
    }

    @GetMapping("/listings/{id:\\d{1,18}}/{paper:[a-z]+}.pdf")
    ResponseEntity<byte[]> paper(Reader reader, @PathVariable long id, @PathVariable String paper) {
        var view = pages.view(reader, id);
        var title = switch (paper) {
            case "notice" -> there(view.said(ListingVerb.NOTIFY) != null, "拟列入物业“黑名单”告知书");
            case "decision" ->
                there(
                        view.listing().decidedOn != null && view.state() != ListingState.DROPPED, // never served
                        view.state() == ListingState.SPARED ? "不列入决定书" : "列入物业“黑名单”决定书");
            case "answer" -> there(view.last(ListingVerb.DENY_OBJECTION) != null, "异议审查决定书");
            case "revocation" -> there(view.state() == ListingState.REVOKED, "撤销列入物业“黑名单”决定书");
            case "repair" -> there(view.concluded() != null, "修复结果通知书");
            default -> throw new Missing("没有这份文书。");
        };
        var bytes = pdfs.make(
                "evaluation/listing/paper.jte",
                Map.of(
                        "paper",
                        new Paper(title, view.number(), false, demo(), clock.instant()),
                        "view",
                        view,
                        "days",
                        rules.of(ListingRules.Name.DEFENCE_DAYS, view.listing()),
                        "remedy",
                        remedies.of(view, moment(view, paper)),
                        "kind",
                        paper));
        return ResponseEntity.ok()
                .contentType(MediaType.APPLICATION_PDF)
                .header("Content-Disposition", "attachment; filename=\"listing-" + id + "-" + paper + ".pdf\"")
                .header("Cache-Control", "no-store")
                .body(bytes);
    }

    /** When a paper was served, or its answer given; now while it is not. Whom it named then it names for ever. */
    private Instant moment(ListingView view, String paper) {
        var verb = switch (paper) {
            case "notice" -> ListingVerb.DELIVER;
            case "decision" -> view.state() == ListingState.SPARED ? ListingVerb.SPARE : ListingVerb.SERVE;
            case "answer" -> ListingVerb.DENY_OBJECTION;
            case "revocation" -> ListingVerb.REVOKE;
            default -> null;
        };
        var step = verb == null ? view.concluded() : view.last(verb);
        return step == null ? clock.instant() : step.at();
    }

    private static String there(boolean there, String title) {
        if (!there) {
            throw new Missing("还没有这份文书。");
        }
        return title;
    }

    private boolean demo() {
        return jdbc.sql("select exists (select from installation where name = 'demo')")
                .query(Boolean.class)
                .single();
    }
}
