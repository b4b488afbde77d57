package org.hemei.workorder.filing;

import static org.assertj.core.api.Assertions.assertThat;

import org.hemei.testing.HemeiTest;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.annotation.Transactional;

@HemeiTest
class ReferenceCategoriesTest {

    @Autowired
    ReferenceCategories categories;

    @Autowired
    JdbcClient jdbc;

    private long count(String sql) {
        return jdbc.sql("select count(*) from " + sql).query(Long.class).single();
    }

    @Test
    void the_tree_has_twelve_families_and_more_than_forty_leaves_on_two_levels() {
        assertThat(jdbc.sql("select name from category where parent is null order by position")
                        .query(String.class)
                        .list())
                .startsWith("设施维修", "环境卫生", "养犬", "垃圾分类", "加装电梯", "停车", "噪声", "消防安全", "水电气热", "收费", "疫情与公共卫生", "其他");
        assertThat(count("category where parent is not null")).isGreaterThanOrEqualTo(40);
        assertThat(count("category c join category p on p.code = c.parent where p.parent is not null"))
                .isZero();
        assertThat(count("category where cardinality(words) = 0 or basis = ''")).isZero();
    }

    @Test
    @Transactional
    void what_an_administrator_changed_stays() {
        jdbc.sql("update category set active = false where code = 'facility.lift'")
                .update();
        assertThat(categories.load()).isZero();
    }
}
