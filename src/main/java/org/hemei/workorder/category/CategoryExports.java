package org.hemei.workorder.category;

import java.util.List;
import org.hemei.platform.transfer.ListExport;
import org.hemei.platform.transfer.ListSheets;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The tree of categories as a sheet, with those no longer offered. */
@Configuration(proxyBeanMethods = false)
class CategoryExports {

    @Bean
    ListExport categoriesExport(ListSheets sheets, CategoryQueries queries) {
        return sheets.of(
                "categories",
                "事项分类",
                List.of("编号", "大类", "小类", "缓急", "居民会怎么说", "在不在用", "依据"),
                CategoryPages::admit,
                (reader, query, most, rows) -> {
                    for (var branch : queries.tree(false)) {
                        for (var leaf : branch.leaves()) {
                            rows.row(
                                    leaf.code(),
                                    branch.self().name(),
                                    leaf.name(),
                                    leaf.urgency().words(),
                                    String.join("、", leaf.words()),
                                    leaf.active() ? "在用" : "停用",
                                    leaf.basis());
                        }
                    }
                });
    }
}
