package org.hemei.registry;

import static org.assertj.core.api.Assertions.assertThat;

import org.hemei.testing.HemeiTest;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.annotation.Transactional;

@HemeiTest
class ReferenceAreasTest {

    @Autowired
    ReferenceAreas areas;

    @Autowired
    JdbcClient jdbc;

    @Test
    void a_second_start_adds_nothing() {
        assertThat(areas.load()).isZero();
    }

    @Test
    void kinds_follow_the_code_and_never_the_name() {
        // 滨湖世纪社区 is a street by its code, 高新区 a whole district
        assertThat(level("340111400")).isEqualTo("street/ordinary");
        assertThat(level("340176")).isEqualTo("district/ordinary");
        assertThat(level("340111002004")).isEqualTo("community/residents");
        assertThat(level("340111102200")).isEqualTo("community/village");
        assertThat(level("340124401400")).isEqualTo("community/special");
    }

    private String level(String code) {
        return jdbc.sql("select level || '/' || kind from area where code = ?")
                .param(code)
                .query(String.class)
                .single();
    }

    @Test
    @Transactional
    void what_an_administrator_changed_stays() {
        jdbc.sql("update area set name = '竹西社区' where code = '340111002004'").update();
        assertThat(areas.load()).isZero();
        assertThat(jdbc.sql("select name from area where code = '340111002004'")
                        .query(String.class)
                        .single())
                .isEqualTo("竹西社区");
    }
}
