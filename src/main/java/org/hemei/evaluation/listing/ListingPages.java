package org.hemei.evaluation.listing;

import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.hemei.access.Role;
import org.hemei.evaluation.NarrowingAreas;
import org.hemei.platform.GrantHolders;
import org.hemei.platform.Missing;
import org.hemei.platform.NavEntry;
import org.hemei.platform.Reader;
import org.hemei.platform.Stale;
import org.hemei.platform.TodoSource;
import org.hemei.platform.time.CivilTime;
import org.hemei.platform.web.Form;
import org.hemei.platform.web.FormErrors;
import org.jspecify.annotations.Nullable;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;

/** 黑名单 for those who have part in it: what waits for them, all cases of their scope, and one case with what they can do. */
@Controller
class ListingPages implements NavEntry, TodoSource {

    private final ListingQueries queries;
    private final ListingAccess access;
    private final ListingBook book;
    private final Shares shares;
    private final Remedies remedies;
    private final Reviewers reviewers;
    private final NarrowingAreas areas;
    private final GrantHolders holders;
    private final InstantSource clock;

    ListingPages(
            ListingQueries queries,
            ListingAccess access,
            ListingBook book,
            Shares shares,
            Remedies remedies,
            Reviewers reviewers,
            NarrowingAreas areas,
            GrantHolders holders,
            InstantSource clock) {
        this.queries = queries;
        this.access = access;
        this.book = book;
        this.shares = shares;
        this.remedies = remedies;
        this.reviewers = reviewers;
        this.areas = areas;
        this.holders = holders;
        this.clock = clock;
    }

    @Override
    public List<Item> items(Reader reader) {
        return ListingQueries.hasPart(reader)
                ? List.of(new Item("测评", 72, "/listings", "黑名单", "flag", waiting(reader)))
                : List.of();
    }

    @Override
    public int waiting(Reader reader) {
        return queries.waiting(reader);
    }

    @GetMapping("/listings")
    String list(Reader reader, @RequestParam Map<String, String> query, Model model) {
        admit(reader);
        var filter = ListingQueries.Filter.of(query);
        var after = query.getOrDefault("after", "").matches("\\d{1,18}") ? Long.valueOf(query.get("after")) : null;
        model.addAttribute("page", queries.page(reader, filter, after));
        model.addAttribute("filter", filter);
        model.addAttribute("areas", areas.of(reader.scope(Role.HOUSING, Role.DISTRICT, Role.CITY)));
        model.addAttribute("first", after == null);
        model.addAttribute(
                "shares", !reader.scope(Role.HOUSING, Role.DISTRICT, Role.CITY).isEmpty());
        return "evaluation/listing/list";
    }

    static void admit(Reader reader) {
        if (!ListingQueries.hasPart(reader)) {
            throw new AccessDeniedException("no part in the blacklist");
        }
    }

    @GetMapping("/listings/{id:\\d{1,18}}")
    ModelAndView one(Reader reader, @PathVariable long id, @RequestParam Map<String, String> query) {
        return page(reader, id, Act.named(query.get("do")), Form.empty(), FormErrors.NONE, null);
    }

    /** What somebody can do on the page of a case: a form, and where it goes. */
    enum Act {
        NOTIFY("notice", "告知企业", ListingVerb.NOTIFY),
        DELIVER("delivery", "记下告知书送达", ListingVerb.DELIVER),
        STATE("statement", "陈述申辩", ListingVerb.STATE),
        DECIDE("decision", "记下集体决定", ListingVerb.LIST),
        CONFIRM("confirmation", "核对表决记录", null),
        SERVE("service", "记下送达", ListingVerb.SERVE),
        REPAIR("repair", "申请修复", ListingVerb.APPLY_REPAIR),
        VERIFY("verification", "记下核验", ListingVerb.VERIFY),
        CONCLUDE("conclusion", "定能不能移出", ListingVerb.REMOVE),
        ANSWER("answer", "审查异议", ListingVerb.DENY_OBJECTION),
        OBJECT("objection", "提异议", ListingVerb.OBJECT),
        WITHDRAW("withdrawal", "撤回修复申请", ListingVerb.WITHDRAW_REPAIR),
        PAPER("paper", "录入企业书面交的材料", null),
        REDATE("service-day", "更正送达日", ListingVerb.REDATE),
        ASK_DECLINE("declining", "提出不予告知", ListingVerb.ASK_DECLINE),
        DECLINE("declined", "同意不予告知", ListingVerb.DECLINE),
        APPEAL("appeal", "登记复议、诉讼", ListingVerb.APPEAL),
        APPEAL_OVER("appeal-over", "复议、诉讼结束了", ListingVerb.APPEAL_OVER),
        SUSPEND("suspension", "停止执行，暂停公布", ListingVerb.SUSPEND),
        RESUME("resumption", "恢复公布", ListingVerb.RESUME),
        ASK_OVERTURN("self-correction", "提出自行纠正", ListingVerb.ASK_OVERTURN),
        DENY_OVERTURN("no-correction", "撤回或者不同意自行纠正", ListingVerb.DENY_OVERTURN),
        OVERTURN("revocation", "撤销列入", ListingVerb.REVOKE);

        private final String path;
        private final String words;
        /** Null where it is no step of the case. */
        final @Nullable ListingVerb verb;

        Act(String path, String words, @Nullable ListingVerb verb) {
            this.path = path;
            this.words = words;
            this.verb = verb;
        }

        String path() {
            return path;
        }

        String words() {
            return words;
        }

        /** Whether photos and documents can come along. */
        boolean takesFiles() {
            return this == PAPER || verb != null && verb.takesFiles();
        }

        /** Nobody waits for it: it is a link, and no form that stands open. */
        boolean optional() {
            return switch (this) {
                case OBJECT,
                        WITHDRAW,
                        PAPER,
                        REDATE,
                        ASK_DECLINE,
                        DECLINE,
                        APPEAL,
                        APPEAL_OVER,
                        SUSPEND,
                        RESUME,
                        ASK_OVERTURN,
                        DENY_OVERTURN,
                        OVERTURN -> true;
                default -> false;
            };
        }

        static @Nullable Act named(@Nullable String path) {
            for (var act : values()) {
                if (act.path.equals(path)) {
                    return act;
                }
            }
            return null;
        }
    }

    ListingView view(Reader reader, long id) {
        return queries.find(id)
                .filter(found -> access.mayRead(reader, found.listing()))
                .map(found -> shown(reader, found))
                .orElseThrow(() -> new Missing("没有这件，或它不归您看。"));
    }

    /** The company, and whoever is near to it, reads a decision when it is served; minutes are read inside the administration only. */
    private ListingView shown(Reader reader, ListingView view) {
        var listing = view.listing();
        if (access.minutes(reader, listing)) {
            return view;
        }
        return listing.underWay() && access.interested(reader, listing) ? view.undecided() : view.withoutMinutes();
    }

    /** What somebody's own vote was written down as, while it can be confirmed or contested; also whoever withdrew is asked. */
    private VoteRecord.@Nullable Vote asked(Reader reader, long id) {
        return queries.find(id)
                .filter(found -> found.state() == ListingState.DECIDED || found.state() == ListingState.SPARED)
                .map(found -> found.voted().of(reader.account()))
                .filter(vote -> !Boolean.TRUE.equals(vote.agreed()))
                .orElse(null);
    }

    /** @param wanted the form that is to be open; null for the most pressing one */
    ModelAndView page(
            Reader reader, long id, @Nullable Act wanted, Form form, FormErrors errors, @Nullable Stale stale) {
        var view = view(reader, id);
        var sides = access.sides(reader, view.listing());
        var apart = sides.contains(Party.BUREAU) && access.interested(reader, view.listing());
        var asked = asked(reader, id);
        var acts = apart ? List.<Act>of() : ListingActs.of(view, sides, reader.account(), clock.instant());
        if (asked != null) {
            acts = Stream.concat(acts.stream(), Stream.of(Act.CONFIRM)).sorted().toList();
        }
        var act = wanted != null && acts.contains(wanted) ? wanted : pressing(acts, asked);
        var page = new ModelAndView("evaluation/listing/listing");
        page.addObject("view", view);
        page.addObject("act", act);
        page.addObject("acts", acts);
        page.addObject("apart", apart);
        page.addObject("bureau", sides.contains(Party.BUREAU) && !apart);
        page.addObject("mine", asked);
        page.addObject("second", reviewers.of(reader, view.listing(), act));
        page.addObject("remedy", remedies.now(view));
        page.addObject(
                "reached",
                !sides.contains(Party.BUREAU)
                        || !holders.ofWholeBody(view.listing().company).isEmpty());
        page.addObject("receipts", view.listing().published() ? shares.of(id) : List.<Shares.Receipt>of());
        page.addObject("bases", act == Act.NOTIFY ? book.bases(view.listing().area) : List.<ListingBook.Basis>of());
        page.addObject(
                "members",
                act == Act.DECIDE
                        ? access.members(view.listing(), ListingAccess.SHOWN)
                        : List.<ListingAccess.Member>of());
        page.addObject(
                "papers",
                act == Act.PAPER
                        ? PaperDesk.What.of(view.listing(), CivilTime.date(clock.instant()))
                        : List.<PaperDesk.What>of());
        page.addObject("form", form);
        page.addObject("errors", act != null ? errors : errors.atTop());
        page.addObject("stale", stale);
        return page;
    }

    /** Whoever was not asked yet says first whether it was written down rightly. */
    private static @Nullable Act pressing(List<Act> acts, VoteRecord.@Nullable Vote asked) {
        return asked != null && asked.agreed() == null
                ? Act.CONFIRM
                : acts.stream().filter(one -> !one.optional()).findFirst().orElse(null);
    }
}
