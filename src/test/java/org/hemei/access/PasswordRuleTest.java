package org.hemei.access;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PasswordRuleTest {

    @Test
    void eightCharactersOfThreeKindsWillDo() {
        for (var good : new String[] {"Abcdefg1", "abc-def1", "ABC-DEF1", "Abcdefg-", "Abc1-和美小区"}) {
            assertThat(PasswordRule.reasons(good, "user")).as(good).isEmpty();
        }
    }

    @Test
    void everythingThatIsWrongIsToldAtOnce() {
        assertThat(PasswordRule.reasons("abc", "")).hasSize(2);
        assertThat(PasswordRule.reasons("abcdefgh1", ""))
                .singleElement()
                .asString()
                .contains("三种");
        assertThat(PasswordRule.reasons("Ab1-", "")).singleElement().asString().contains("8 个字符");
        assertThat(PasswordRule.reasons("Wang.Ma-2021", "wang.ma"))
                .singleElement()
                .asString()
                .contains("账号名");
        assertThat(PasswordRule.reasons("", "u")).hasSize(2);
        assertThat(PasswordRule.reasons("Ab1-".repeat(40), "u"))
                .singleElement()
                .asString()
                .contains("100");
    }
}
