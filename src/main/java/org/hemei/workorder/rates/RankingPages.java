package org.hemei.workorder.rates;

import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.hemei.access.Role;
import org.hemei.platform.Reader;
import org.hemei.platform.time.CivilTime;
import org.hemei.platform.web.Address;
import org.hemei.workorder.list.AreaQueries;
import org.hemei.workorder.measure.Rate;
import org.hemei.workorder.measure.RateRules;
import org.hemei.workorder.measure.RateRules.Name;
import org.hemei.workorder.measure.RateTargets;
import org.hemei.workorder.measure.Tallies;
import org.hemei.workorder.rates.RankingQueries.Candidate;
import org.hemei.workorder.rates.RankingQueries.Group;
import org.hemei.workorder.rates.RankingQueries.What;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** 同类比较: companies, projects, communities and streets of like size and kind beside each other. */
@Controller
class RankingPages {

    /** As its page shows it. */
    record View(
            AreaQueries.Picker picker,
            RateFilter filter,
            What what,
            List<What> choices,
            Rate rate,
            Map<Group, List<Candidate>> groups,
            @Nullable Group group,
            Ranking ranking,
            int least,
            int target) {

        Address self() {
            return filter.on("/rates/ranking")
                    .with("what", what.code())
                    .with("rate", rate.code())
                    .with("group", group == null ? null : group.code());
        }

        String cases(Ranking.Entry entry) {
            return line(
                    entry, filter.on("/rates/cases").with("rate", rate.code()).with("part", "counted"));
        }

        /** Whether a task can be made of a line: its rate stays below what it should reach. */
        boolean poor(Ranking.Entry entry) {
            return entry.tally().below(target);
        }

        String task(Ranking.Entry entry) {
            return line(entry, filter.on("/rates/tasks").with("rate", rate.code()));
        }

        private String line(Ranking.Entry entry, Address address) {
            return (switch (what) {
                        case COMPANY -> address.with("company", entry.key());
                        case PROJECT ->
                            address.with(
                                            "company",
                                            entry.key().substring(0, entry.key().indexOf('-')))
                                    .with(
                                            "estate",
                                            entry.key().substring(entry.key().indexOf('-') + 1));
                        default -> address.with("area", entry.key());
                    })
                    .toString();
        }
    }

    private final RateScope scope;
    private final RateQueries rates;
    private final RankingQueries queries;
    private final RateRules rules;
    private final RateTargets targets;
    private final InstantSource clock;

    RankingPages(
            RateScope scope,
            RateQueries rates,
            RankingQueries queries,
            RateRules rules,
            RateTargets targets,
            InstantSource clock) {
        this.scope = scope;
        this.rates = rates;
        this.queries = queries;
        this.rules = rules;
        this.targets = targets;
        this.clock = clock;
    }

    @GetMapping("/rates/ranking")
    String ranking(Reader reader, @RequestParam Map<String, String> query, Model model) {
        model.addAttribute("view", view(reader, query));
        model.addAttribute("recent", Period.recent(CivilTime.date(clock.instant()), 24));
        return "workorder/rates/ranking";
    }

    static void admit(Reader reader) {
        Role.required(reader, Role.COMMUNITY, Role.STREET, Role.DISTRICT, Role.CITY);
    }

    View view(Reader reader, Map<String, String> query) {
        admit(reader);
        var today = CivilTime.date(clock.instant());
        var asked = new HashMap<>(query);
        asked.keySet().retainAll(List.of("area", "month", "months"));
        asked.putIfAbsent("months", "3");
        var filter = RateFilter.of(asked, today);
        var picker = scope.picker(reader, filter);
        var here = picker.path().getLast();
        return view(reader, query, filter.in(here.code()), picker);
    }

    private View view(Reader reader, Map<String, String> query, RateFilter filter, AreaQueries.Picker picker) {
        var here = picker.path().getLast();
        var choices = What.in(here.level());
        var named = What.named(query.get("what"));
        var what = named == null || !choices.contains(named) ? choices.getFirst() : named;
        var rateNamed = Rate.named(query.get("rate"));
        var rate = rateNamed == null ? Rate.RESOLUTION : rateNamed;
        var today = CivilTime.date(clock.instant());
        var groups = RankingQueries.grouped(
                queries.groups(what, today), queries.candidates(what, here.code(), filter.period()));
        var group = groups.keySet().stream()
                .filter(g -> g.code().equals(query.get("group")))
                .findFirst()
                .orElseGet(() -> groups.keySet().stream().findFirst().orElse(null));
        var least = rules.of(Name.LEAST, here.code(), filter.period().last().atDay(1));
        var tallies = tallies(reader, filter, what);
        var entries = group == null
                ? List.<Ranking.Entry>of()
                : groups.getOrDefault(group, List.of()).stream()
                        .map(one -> new Ranking.Entry(
                                one.key(),
                                one.name(),
                                one.households(),
                                tallies.getOrDefault(one.key(), Tallies.NONE).of(rate)))
                        .toList();
        var target = Objects.requireNonNull(
                targets.of(here.code(), filter.period().last().atDay(1)).get(rate));
        return new View(picker, filter, what, choices, rate, groups, group, Ranking.of(entries, least), least, target);
    }

    /** By project or company as they are told apart; by community or street whatever the area looked at is. */
    private Map<String, Tallies> tallies(Reader reader, RateFilter filter, What what) {
        return switch (what) {
            case COMMUNITY -> rates.areas(filter, 12);
            case STREET -> rates.areas(filter, 9);
            default -> rates.by(filter, what.by(), reader);
        };
    }
}
