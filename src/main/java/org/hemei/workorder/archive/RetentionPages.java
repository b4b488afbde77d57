package org.hemei.workorder.archive;

import java.util.List;
import org.hemei.access.Role;
import org.hemei.platform.NavEntry;
import org.hemei.platform.Reader;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;

/** 保存期限: what is kept how long, on what basis, and what lies in the archive. */
@Controller
class RetentionPages implements NavEntry {

    private static final int RANK = 320;

    private final Retention retention;

    RetentionPages(Retention retention) {
        this.retention = retention;
    }

    @Override
    public List<Item> items(Reader reader) {
        return reader.has(Role.CITY) || reader.has(Role.SYSTEM)
                ? List.of(new Item("规则", RANK, "/retention", "保存期限", "hist", null))
                : List.of();
    }

    @GetMapping("/retention")
    String page(Reader reader, Model model) {
        Role.required(reader, Role.CITY, Role.SYSTEM);
        model.addAttribute("rules", retention.rules());
        model.addAttribute("years", retention.years());
        return "workorder/archive/retention";
    }
}
