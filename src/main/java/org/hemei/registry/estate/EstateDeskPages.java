package org.hemei.registry.estate;

import java.util.ArrayList;
import java.util.HashMap;
import org.hemei.platform.Reader;
import org.hemei.platform.Refusal;
import org.hemei.platform.web.Form;
import org.hemei.platform.web.FormErrors;
import org.hemei.registry.Areas;
import org.hemei.registry.Office;
import org.hemei.registry.contract.Contracts;
import org.hemei.registry.contract.TakenBack;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;

/** One estate before the administration: who answers for it, who looks after it, what stands there. */
@Controller
class EstateDeskPages {

    private final Estates estates;
    private final EstateDesk desk;
    private final Contracts contracts;
    private final TakenBack takenBack;
    private final EstateChanges changes;
    private final Buildings buildings;

    EstateDeskPages(
            Estates estates,
            EstateDesk desk,
            Contracts contracts,
            TakenBack takenBack,
            EstateChanges changes,
            Buildings buildings) {
        this.estates = estates;
        this.desk = desk;
        this.contracts = contracts;
        this.takenBack = takenBack;
        this.changes = changes;
        this.buildings = buildings;
    }

    @GetMapping("/estates/{id}/desk")
    ModelAndView show(Reader reader, @PathVariable long id) {
        var estate = estates.in(Areas.required(reader), id);
        var today = estates.today();
        var all = contracts.of(id);
        var model = new HashMap<String, Object>();
        model.put("estate", estate);
        model.put("today", today);
        model.put("now", all.stream().filter(contract -> contract.on(today)).toList());
        model.put("stretches", contracts.over(all));
        model.put("gone", takenBack.of(id));
        model.put("facilities", estates.facilities(id));
        model.put("locals", estates.locals(id));
        model.put("posts", estates.posts(id));
        model.put("workers", estates.workers(estate.community()));
        var backstop = estates.backstop(estate.community());
        model.put("backstop", backstop == null ? "" : backstop);
        model.put("changes", changes.of(id));
        model.put("stock", buildings.stock(id));
        var code = estate.community();
        var there = estate.end() == null;
        model.put(
                "keeps",
                there
                        && reader.scope(Office.HOUSING, Office.STREET, Office.COMMUNITY)
                                .covers(code));
        model.put("founds", there && reader.scope(Office.HOUSING, Office.STREET).covers(code));
        model.put("strikes", reader.scope(Office.HOUSING, Office.DISTRICT).covers(code));
        model.put("signs", reader.scope(Office.HOUSING).covers(code));
        model.put(
                "orders",
                reader.scope(Office.COMMUNITY, Office.STREET, Office.DISTRICT, Office.CITY)
                        .covers(code));
        return new ModelAndView("registry/estate/desk", model);
    }

    @GetMapping("/estates/{id}/facilities")
    ModelAndView facilities(Reader reader, @PathVariable long id) {
        var estate = estates.in(EstateDesk.keepers(reader), id);
        var typed = new HashMap<String, Object>();
        var kinds = estates.facilityKinds();
        for (var facility : estates.facilities(id)) {
            for (int i = 0; i < kinds.size(); i++) {
                if (kinds.get(i).name().equals(facility.kind())) {
                    typed.put("count" + i, facility.count());
                    typed.put("note" + i, facility.note() == null ? "" : facility.note());
                }
            }
        }
        return facilityPage(estate, Form.with(typed), FormErrors.NONE);
    }

    @PostMapping("/estates/{id}/facilities")
    ModelAndView facilities(Reader reader, @PathVariable long id, @RequestParam MultiValueMap<String, String> typed) {
        var estate = estates.in(EstateDesk.keepers(reader), id);
        var form = Form.of(typed);
        try {
            var kinds = estates.facilityKinds();
            var facilities = new ArrayList<Estates.Facility>();
            for (int i = 0; i < kinds.size(); i++) {
                var count = form.number("count" + i, 0, 100_000);
                var note = form.optional("note" + i, 60);
                if (count != null && count > 0) {
                    facilities.add(new Estates.Facility(kinds.get(i).name(), count, "", note));
                } else if (note != null) {
                    form.wrong("count" + i, "写了说明，也请填数量。");
                }
            }
            var version = form.needed("version", 0, 999_999_999, "这张表不完整，请重新打开再填。");
            form.check();
            desk.facilities(reader, estate, version, facilities);
            return new ModelAndView("redirect:/estates/" + id + "/desk?done=facilities");
        } catch (Refusal refusal) {
            return facilityPage(estate, form, FormErrors.of(refusal));
        }
    }

    private ModelAndView facilityPage(EstateView estate, Form form, FormErrors errors) {
        var page = new ModelAndView("registry/estate/facilities");
        page.addObject("estate", estate);
        page.addObject("kinds", estates.facilityKinds());
        page.addObject("form", form);
        page.addObject("errors", errors);
        page.setStatus(errors.any() ? HttpStatus.UNPROCESSABLE_CONTENT : HttpStatus.OK);
        return page;
    }
}
