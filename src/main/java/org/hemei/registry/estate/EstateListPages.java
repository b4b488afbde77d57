package org.hemei.registry.estate;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.hemei.platform.NavEntry;
import org.hemei.platform.Reader;
import org.hemei.platform.transfer.ListExport;
import org.hemei.registry.Areas;
import org.hemei.registry.Office;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** 小区: those of the reader's area, with what is missing; from here many can be changed at once. */
@Controller
class EstateListPages implements NavEntry, ListExport {

    private static final List<String> HEADINGS = List.of(
            "小区", "别名", "街道", "社区", "类型", "户数", "幢数", "建筑面积（平米）", "建成年份", "服务电话", "物业企业", "合同到", "还缺", "注销日期", "为什么注销");

    private final EstateLists lists;
    private final EstateDesk desk;
    private final Areas areas;
    private final JdbcClient jdbc;

    EstateListPages(EstateLists lists, EstateDesk desk, Areas areas, JdbcClient jdbc) {
        this.lists = lists;
        this.desk = desk;
        this.areas = areas;
        this.jdbc = jdbc;
    }

    @Override
    public List<Item> items(Reader reader) {
        return Areas.seen(reader).isEmpty()
                ? List.of()
                : List.of(new Item("底数", 250, "/estates/manage", "小区", "estate", null));
    }

    @GetMapping("/estates/manage")
    String list(Reader reader, @RequestParam Map<String, String> query, Model model) {
        var scope = Areas.required(reader);
        var filter = EstateFilter.of(query);
        var after = query.getOrDefault("after", "").matches("\\d{1,18}") ? Long.parseLong(query.get("after")) : 0;
        var rows = lists.page(scope, filter, after, EstateLists.PAGE + 1);
        model.addAttribute("filter", filter);
        model.addAttribute("picker", areas.picker(scope, filter.area()));
        model.addAttribute("tally", lists.tally(scope, filter));
        model.addAttribute("rows", rows.stream().limit(EstateLists.PAGE).toList());
        model.addAttribute("after", after);
        model.addAttribute("more", rows.size() > EstateLists.PAGE);
        model.addAttribute("gaps", EstateLists.gaps());
        model.addAttribute("companyName", companyName(filter.company()));
        model.addAttribute(
                "founds", !reader.scope(Office.HOUSING, Office.STREET).isEmpty());
        model.addAttribute("today", lists.today());
        return "registry/estate/list";
    }

    private String companyName(String company) {
        return company.matches("\\d{1,18}")
                ? jdbc.sql("select name from body where id = ? and kind = 'company'")
                        .param(Long.valueOf(company))
                        .query(String.class)
                        .optional()
                        .orElse("没有这家")
                : "";
    }

    @Override
    public String key() {
        return "estates";
    }

    @Override
    public String title() {
        return "小区";
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
        var filter = EstateFilter.of(query);
        var found = lists.page(Areas.required(reader), filter, 0, most);
        desk.taken(reader, filter.on("").without("q").toString(), found.size());
        for (var row : found) {
            rows.row(
                    row.name(),
                    row.alias(),
                    row.street(),
                    row.community(),
                    String.join("、", row.kinds()),
                    row.households(),
                    row.buildings(),
                    row.squareMetres(),
                    row.builtYear(),
                    row.phone(),
                    row.company(),
                    row.contractLast(),
                    String.join("、", row.missing()),
                    row.end() == null ? null : row.end().day(),
                    row.end() == null ? null : row.end().words());
        }
    }
}
