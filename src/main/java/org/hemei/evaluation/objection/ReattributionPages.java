package org.hemei.evaluation.objection;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.hemei.access.Role;
import org.hemei.evaluation.campaign.Campaign;
import org.hemei.evaluation.campaign.Campaigns;
import org.hemei.evaluation.campaign.Projects;
import org.hemei.evaluation.scheme.SchemeDesk;
import org.hemei.platform.Missing;
import org.hemei.platform.Reader;
import org.hemei.platform.Stale;
import org.hemei.platform.web.Form;
import org.hemei.platform.web.FormAnswer;
import org.hemei.platform.web.FormErrors;
import org.hemei.platform.web.Once;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.multipart.MultipartFile;
import org.springframework.web.servlet.ModelAndView;

/** 合同核对, for whoever runs a campaign: estates whose year is another company's by the contracts as they are registered now. */
@Controller
class ReattributionPages {

    private static final String PATH = "/campaigns/{id:\\d{1,18}}/contracts";

    /** So many estates on a page; the next ones come when these are settled. */
    private static final int MOST = 30;

    /** An estate with all that is another there. @param seen goes back with its form */
    record Place(long estate, String name, String seen, List<Projects.Change> changes) {}

    private final ContractDifferences differences;
    private final ReattributionDesk desk;
    private final Campaigns campaigns;
    private final Documents documents;
    private final Once once;

    ReattributionPages(
            ContractDifferences differences,
            ReattributionDesk desk,
            Campaigns campaigns,
            Documents documents,
            Once once) {
        this.differences = differences;
        this.desk = desk;
        this.campaigns = campaigns;
        this.documents = documents;
        this.once = once;
    }

    @GetMapping(PATH)
    ModelAndView list(Reader reader, @PathVariable long id, @RequestParam(defaultValue = "") String estate) {
        return page(mine(reader, id), Form.with(Map.of("estate", estate)), FormErrors.NONE, null);
    }

    @PostMapping(PATH)
    ModelAndView correct(
            Reader reader,
            @PathVariable long id,
            @RequestParam MultiValueMap<String, String> values,
            @RequestParam(name = "documents", required = false) @Nullable List<MultipartFile> files) {
        var campaign = mine(reader, id);
        var form = Form.of(values);
        return FormAnswer.of(
                () -> once.run(reader, form.get("_once"), form, () -> {
                    var estate = form.chosen("estate", "请选小区。");
                    form.check();
                    var changes = differences.of(campaign, estate);
                    var wanted = new ReattributionDesk.Wanted(
                            estate,
                            form.get("seen"),
                            form.get("basis"),
                            form.get("why"),
                            stored(reader, changes, files));
                    return desk.correct(reader, id, wanted).getFirst().path() + "?done=corrected";
                }),
                errors -> page(campaign, form, errors, null),
                stale -> page(campaign, form, FormErrors.NONE, stale));
    }

    /** Each new version has the documents for its own. */
    private List<List<UUID>> stored(Reader reader, List<Projects.Change> changes, @Nullable List<MultipartFile> files) {
        List<List<UUID>> sets = new ArrayList<>();
        for (var change : changes) {
            sets.add(documents.store(reader, change.district(), files));
        }
        return sets;
    }

    private ModelAndView page(Campaign campaign, Form form, FormErrors errors, @Nullable Stale stale) {
        var places = ReattributionDesk.takes(campaign) ? places(campaign) : List.<Place>of();
        var chosen = places.stream()
                .filter(one -> form.has("estate", String.valueOf(one.estate)))
                .findFirst()
                .orElse(null);
        var model = new HashMap<String, Object>();
        model.put("campaign", campaign);
        model.put("chosen", chosen);
        model.put(
                "places",
                java.util.stream.Stream.concat(
                                java.util.stream.Stream.ofNullable(chosen), // wherever it stands in the list
                                places.stream().filter(one -> !one.equals(chosen)))
                        .limit(MOST)
                        .toList());
        model.put("all", places.size());
        model.put("form", form);
        // the form of an estate that is settled meanwhile is not there any more
        model.put("errors", chosen == null ? errors.atTop() : errors);
        model.put("stale", stale);
        return new ModelAndView("evaluation/objection/contracts", model);
    }

    private List<Place> places(Campaign campaign) {
        Map<Long, List<Projects.Change>> byEstate = new LinkedHashMap<>();
        differences
                .of(campaign)
                .forEach(one -> byEstate.computeIfAbsent(one.estate(), e -> new ArrayList<>())
                        .add(one));
        return byEstate.values().stream()
                .map(changes -> new Place(
                        changes.getFirst().estate(),
                        changes.getFirst().estateName(),
                        ReattributionDesk.seen(changes),
                        changes))
                .toList();
    }

    private Campaign mine(Reader reader, long id) {
        Role.required(reader, Role.CITY, Role.DISTRICT, Role.HOUSING);
        return campaigns
                .find(id)
                .filter(one -> SchemeDesk.keeper(reader).covers(one.area()))
                .orElseThrow(() -> new Missing("没有这次测评，或不归您管。"));
    }
}
