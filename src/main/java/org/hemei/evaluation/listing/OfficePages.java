package org.hemei.evaluation.listing;

import java.util.Map;
import org.hemei.platform.Reader;
import org.hemei.platform.web.Form;
import org.hemei.platform.web.FormAnswer;
import org.hemei.platform.web.FormErrors;
import org.hemei.platform.web.Once;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.stereotype.Controller;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;

/** 文书上写什么: whom the papers of the blacklist name, entered once by the bureau. */
@Controller
class OfficePages {

    private static final int NAME = 60;
    private static final int ADDRESS = 120;

    private final OfficeDesk desk;
    private final Offices offices;
    private final Once once;

    OfficePages(OfficeDesk desk, Offices offices, Once once) {
        this.desk = desk;
        this.offices = offices;
        this.once = once;
    }

    private static String area(Reader reader) {
        var area = BasisDesk.sets(reader);
        if (area == null) {
            throw new AccessDeniedException("the bureau says whom its papers name");
        }
        return area;
    }

    @GetMapping("/listings/rules/office")
    ModelAndView show(Reader reader) {
        var own = offices.own(area(reader));
        var form = own == null
                ? Form.empty()
                : Form.with(Map.of(
                        "name", own.name(),
                        "address", own.address(),
                        "reviewBody", own.reviewBody(),
                        "court", own.court()));
        return page(reader, form, FormErrors.NONE);
    }

    private ModelAndView page(Reader reader, Form form, FormErrors errors) {
        var page = new ModelAndView("evaluation/listing/office");
        page.addObject("history", offices.history(area(reader)));
        page.addObject("form", form);
        page.addObject("errors", errors);
        return page;
    }

    @PostMapping("/listings/rules/office")
    ModelAndView set(Reader reader, @RequestParam MultiValueMap<String, String> values) {
        var area = area(reader);
        var form = Form.of(values);
        return FormAnswer.of(
                () -> {
                    once.run(reader, form.get("_once"), form, () -> {
                        var draft = new OfficeDesk.Draft(
                                area,
                                form.text("name", NAME, "请写主管部门的全称，和公章上的一样。"),
                                form.text("address", ADDRESS, "请写材料交到哪里。"),
                                form.text("reviewBody", NAME, "请写向哪个机关申请行政复议。"),
                                form.text("court", NAME, "请写向哪个法院起诉。"));
                        form.check();
                        desk.set(reader, draft);
                        return area;
                    });
                    return "/listings/rules?done=office";
                },
                errors -> page(reader, form, errors));
    }
}
