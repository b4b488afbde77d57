package org.hemei.workorder;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import org.junit.jupiter.api.Test;

class GramsTest {

    @Test
    void chinese_runs_become_pairs_and_other_words_stay_whole() {
        assertThat(Grams.of("电梯异响", "3号楼 Lift坏了"))
                .containsExactly("电梯", "梯异", "异响", "3", "3号", "号楼", "lift", "lift坏", "坏了");
    }

    @Test
    void a_number_is_one_with_what_follows_it_and_a_house_has_one_form() {
        assertThat(Grams.terms("3 次")).containsExactly("3", "3次");
        assertThat(HouseNumbers.in("三号楼2单元501室漏水")).isEqualTo(new HouseNumbers(Set.of("3幢", "2单", "501"), "漏水"));
        assertThat(HouseNumbers.in("二十三幢 03-1-1201 A座 5# 6#楼 十楼").terms())
                .containsExactly("23幢", "3幢", "1单", "1201", "a幢", "5幢", "6幢", "10楼");
        assertThat(HouseNumbers.in("2026-11-28 0551-6220 340111-20412 一百零三幢 13#电梯")
                        .terms())
                .isEmpty();
    }

    @Test
    void a_two_character_word_is_one_term_and_a_single_character_is_none() {
        assertThat(Grams.terms("电梯")).containsExactly("电梯");
        assertThat(Grams.terms("梯")).isEmpty();
        assertThat(Grams.terms("  ,。！")).isEmpty();
    }
}
