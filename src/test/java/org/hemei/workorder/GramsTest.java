package org.hemei.workorder;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class GramsTest {

    @Test
    void chinese_runs_become_pairs_and_other_words_stay_whole() {
        assertThat(Grams.of("电梯异响", "3号楼 Lift坏了")).containsExactly("电梯", "梯异", "异响", "3", "号楼", "lift", "坏了");
    }

    @Test
    void a_two_character_word_is_one_term_and_a_single_character_is_none() {
        assertThat(Grams.terms("电梯")).containsExactly("电梯");
        assertThat(Grams.terms("梯")).isEmpty();
        assertThat(Grams.terms("  ,。！")).isEmpty();
    }
}
