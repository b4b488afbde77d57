package org.hemei.evaluation.scheme;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.hemei.evaluation.scheme.SchemeContent.Dimension;
import org.hemei.evaluation.scheme.SchemeContent.Item;
import org.hemei.evaluation.scheme.SchemeContent.Kind;
import org.hemei.platform.Refusal.Reason;
import org.junit.jupiter.api.Test;

class SchemeRuleTest {

    private static final SchemeContent SOUND = SchemeContent.template();

    private static SchemeContent with(List<Dimension> dimensions) {
        return new SchemeContent(
                dimensions,
                SOUND.passLine(),
                SOUND.leastBallots(),
                SOUND.sampleUnits(),
                SOUND.secondShare(),
                SOUND.gradePoints(),
                SOUND.confidence(),
                SOUND.contractPolicy(),
                SOUND.leastDays(),
                SOUND.companyPolicy(),
                SOUND.collectDays(),
                SOUND.reviewDays(),
                SOUND.objectionDays(),
                SOUND.leastAnswers());
    }

    @Test
    void the_template_is_sound() {
        assertThat(SchemeRule.reasons(SOUND)).isEmpty();
        assertThat(SOUND.dimensions()).extracting(Dimension::weight).containsExactly(40, 30, 20, 10);
    }

    @Test
    void without_satisfaction_or_with_none_of_the_weight_it_is_refused() {
        var rest = SOUND.dimensions().subList(1, 4);
        assertThat(SchemeRule.reasons(with(rest)))
                .extracting(Reason::words)
                .contains("居民满意度要占分，不能是 0。", "各部分的权重加起来是 60，要正好 100。");
    }

    @Test
    void weights_that_do_not_sum_are_refused_in_the_parts_too() {
        var short_ = new Dimension(Kind.SATISFACTION, 100, List.of(Item.of("a", "满意吗？", 50), Item.of("b", "真的吗？", 49)));
        assertThat(SchemeRule.reasons(with(List.of(short_))))
                .extracting(Reason::words)
                .containsExactly("“居民满意度”各项的权重加起来是 99，要正好 100。");
    }
}
