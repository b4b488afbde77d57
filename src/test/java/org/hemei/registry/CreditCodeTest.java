package org.hemei.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CreditCodeTest {

    @ParameterizedTest
    @ValueSource(strings = {"91350100M000100Y43", "91330106673959654P", "91340111MA000012X0"})
    void valid(String code) {
        assertThat(CreditCode.problems(code)).isEmpty();
        assertThat(new CreditCode(code)).hasToString(code);
        assertThat(CreditCode.complete(code.substring(0, 17)).value()).isEqualTo(code);
    }

    @Test
    void a_wrong_check_character_is_refused() {
        // the last character is also outside the alphabet: Z is never used
        assertThat(CreditCode.problems("91350100M000100Y4Z")).containsExactly("代码里没有“Z”，请对照营业执照改正。");
        assertThat(CreditCode.problems("91350100M000100Y44")).containsExactly("最后一位校验码不对，请逐位核对。");
    }

    @Test
    void any_single_wrong_character_is_found() {
        var code = "91330106673959654P";
        for (int i = 0; i < 18; i++) {
            var changed = new StringBuilder(code);
            changed.setCharAt(i, code.charAt(i) == '1' ? '2' : '1');
            assertThat(CreditCode.problems(changed.toString())).isNotEmpty();
        }
    }

    @Test
    void all_reasons_are_told_at_once() {
        assertThat(CreditCode.problems("9135O1I0M000100Y"))
                .containsExactly(
                        "统一社会信用代码是 18 位，这里有 16 位。",
                        "代码里没有“O”，请对照营业执照改正。",
                        "代码里没有“I”，请对照营业执照改正。",
                        "第 3 至 8 位是登记地区，应全是数字。");
        assertThatThrownBy(() -> new CreditCode("")).hasMessageContaining("18 位");
    }

    @Test
    void what_people_type_is_tidied() {
        assertThat(CreditCode.parse(" 9135 0100 m000 100y 43").value()).isEqualTo("91350100M000100Y43");
    }
}
