package org.hemei.registry.company;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.hemei.platform.Reader;
import org.hemei.platform.transfer.ListExport;
import org.hemei.registry.Areas;
import org.hemei.registry.Office;
import org.hemei.registry.body.CoverageMode;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** 物业企业: those registered or at work in the reader's area, with filters that live in the address. */
@Controller
class CompanyPages implements ListExport {

    private static final List<String> HEADINGS =
            List.of("企业名称", "统一社会信用代码", "登记地区", "党组织覆盖", "服务小区", "本地小区", "员工", "党员", "注销日期");

    private final CompanyLists lists;
    private final Proposals proposals;
    private final Areas areas;
    private final CompanyDesk desk;

    CompanyPages(CompanyLists lists, Proposals proposals, Areas areas, CompanyDesk desk) {
        this.lists = lists;
        this.proposals = proposals;
        this.areas = areas;
        this.desk = desk;
    }

    @GetMapping("/companies")
    String list(Reader reader, @RequestParam Map<String, String> query, Model model) {
        var scope = Areas.required(reader);
        var filter = CompanyFilter.of(query);
        var after = query.getOrDefault("after", "").matches("\\d{1,18}") ? Long.parseLong(query.get("after")) : 0;
        var rows = lists.page(scope, filter, after, CompanyLists.PAGE + 1);
        model.addAttribute("filter", filter);
        model.addAttribute("picker", areas.picker(scope, filter.area()));
        model.addAttribute("tally", lists.tally(scope, filter));
        model.addAttribute("rows", rows.stream().limit(CompanyLists.PAGE).toList());
        model.addAttribute("after", after);
        model.addAttribute("more", rows.size() > CompanyLists.PAGE);
        model.addAttribute("proposals", proposals.open(reader.scope(Office.HOUSING)));
        model.addAttribute("may", reader.has(Office.HOUSING));
        return "registry/company/list";
    }

    @Override
    public String key() {
        return "companies";
    }

    @Override
    public String title() {
        return "物业企业";
    }

    @Override
    public List<String> headings() {
        return HEADINGS;
    }

    @Override
    public void admit(Reader reader) {
        Areas.required(reader);
    }

    @Override
    public void write(Reader reader, Map<String, String> query, int most, Rows rows) throws IOException {
        var filter = CompanyFilter.of(query);
        var found = lists.page(Areas.required(reader), filter, 0, most);
        desk.taken(reader, filter.on("").without("q").toString(), found.size());
        for (var row : found) {
            rows.row(
                    row.name(),
                    row.creditCode(),
                    row.area(),
                    row.modes().stream().map(CoverageMode::words).collect(Collectors.joining("、")),
                    row.estates(),
                    row.here(),
                    row.staff(),
                    row.members().shown(),
                    row.until());
        }
    }
}
