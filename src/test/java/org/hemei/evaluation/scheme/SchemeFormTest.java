package org.hemei.evaluation.scheme;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.hemei.evaluation.scheme.SchemeContent.Item;
import org.hemei.evaluation.scheme.SchemeContent.Kind;
import org.hemei.evaluation.scheme.SchemeContent.Side;
import org.hemei.platform.Refusal;
import org.hemei.platform.web.Form;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A scheme as it is typed, and every number at its edge. */
class SchemeFormTest {

    private static final SchemeContent TEMPLATE = SchemeContent.template();

    private static Form typed(Map<String, String> others) {
        var filled = SchemeForm.filled(null, "3401", "试行方案", "会议纪要", TEMPLATE);
        var values = new HashMap<String, Object>();
        for (var name : List.of(
                "area",
                "title",
                "basis",
                "passLine",
                "leastBallots",
                "leastAnswers",
                "sampleUnits",
                "secondShare",
                "gradePoints",
                "confidence",
                "contractPolicy",
                "leastDays",
                "companyPolicy",
                "collectDays",
                "reviewDays",
                "objectionDays")) {
            values.put(name, filled.get(name));
        }
        for (var kind : Kind.values()) {
            values.put("weight-" + kind.code(), filled.get("weight-" + kind.code()));
            values.put("items-" + kind.code(), filled.get("items-" + kind.code()));
        }
        values.putAll(others);
        return Form.with(values);
    }

    private static List<Refusal.Reason> wrong(Map<String, String> others) {
        return catchThrowableOfType(Refusal.class, () -> SchemeForm.read(typed(others)))
                .reasons();
    }

    private static SchemeContent read(Map<String, String> others) {
        return SchemeForm.read(typed(others)).content();
    }

    @Test
    void what_is_shown_is_read_as_the_same() {
        assertThat(read(Map.of())).isEqualTo(TEMPLATE);
    }

    @Test
    void lines_give_items_their_codes_in_their_order() {
        var items = read(Map.of("items-satisfaction", "  保洁满意吗？ ｜ 60 \n\n总的满意吗？|40"))
                .items(Kind.SATISFACTION);
        assertThat(items).containsExactly(Item.of("s1", "保洁满意吗？", 60), Item.of("s2", "总的满意吗？", 40));
        assertThat(read(Map.of("items-territory", "整改|50|街道\n配合|50|社区")).items(Kind.TERRITORY))
                .extracting(Item::side)
                .containsExactly(Side.STREET, Side.COMMUNITY);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "satisfaction;保洁满意吗？;第 1 行看不懂",
                "satisfaction;保洁满意吗？|百分之百;第 1 行看不懂",
                "satisfaction;保洁满意吗？|1000;第 1 行看不懂",
                "satisfaction;保洁满意吗？|99;加起来是 99",
                "satisfaction;|100;要有名称",
                "territory;整改|100;要写明由街道还是社区打分",
                "territory;整改|100|物业;要写明由街道还是社区打分",
                "cases;每百户工单数|100|2;第 1 行看不懂",
                "cases;每百户工单数|100|2|x;第 1 行看不懂",
                "cases;每百户工单数|100|12|12;得零分的数要大于得满分的数",
                "cases;每百户工单数|100|12|2;得零分的数要大于得满分的数"
            })
    void a_line_that_says_nothing_or_too_little_is_told_at_its_field(String kind, String line, String words) {
        assertThat(wrong(Map.of("items-" + kind, line))).anySatisfy(reason -> {
            assertThat(reason.field()).isEqualTo("items-" + kind);
            assertThat(reason.words()).contains(words);
        });
    }

    @Test
    void the_second_of_two_lines_is_named() {
        assertThat(wrong(Map.of("items-inspection", "楼道干净|50\n门岗有人")))
                .extracting(Refusal.Reason::words)
                .anySatisfy(words -> assertThat(words).contains("第 2 行看不懂"));
    }

    /** The last value that is sound, and the first that is not, at both ends. */
    @ParameterizedTest
    @CsvSource({
        "passLine, 0.01, 100, 0, 100.01",
        "leastBallots, 10, 120, 9, 121",
        "leastAnswers, 5, 30, 4, 31",
        "sampleUnits, 30, 5000, 29, 5001",
        "secondShare, 0, 100, -1, 101",
        "leastDays, 1, 366, 0, 367",
        "collectDays, 1, 120, 0, 121",
        "reviewDays, 1, 60, 0, 61",
        "objectionDays, 5, 60, 4, 61",
        "confidence, 1, 4, 0.99, 4.01"
    })
    void numbers_end_where_they_say(String field, String least, String most, String under, String over) {
        // with fewer ballots asked for, fewer answers can be
        var beside = field.equals("leastBallots") ? Map.of("leastAnswers", "5") : Map.<String, String>of();
        for (var sound : List.of(least, most)) {
            var values = new HashMap<>(beside);
            values.put(field, sound);
            assertThat(read(values)).as(field + " " + sound).isNotNull();
        }
        for (var wrong : List.of(under, over)) {
            var values = new HashMap<>(beside);
            values.put(field, wrong);
            assertThat(wrong(values)).as(field + " " + wrong).isNotEmpty();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "passLine, 60.001",
        "passLine, 六十",
        "passLine, 1e2",
        "passLine, -1",
        "confidence, 1.966",
        "confidence, ''"
    })
    void decimals_have_two_places_at_most(String field, String text) {
        assertThat(wrong(Map.of(field, text))).extracting(Refusal.Reason::field).contains(field);
    }

    /** What stands in for a number that could not be read is not told as the typist's second mistake. */
    @Test
    void what_cannot_be_read_is_told_once() {
        assertThat(wrong(Map.of("passLine", "六十")))
                .extracting(Refusal.Reason::field)
                .containsExactly("passLine");
        assertThat(wrong(Map.of("passLine", "101")))
                .extracting(Refusal.Reason::field)
                .containsExactly("passLine");
    }

    @Test
    void decimals_are_kept_in_hundredths() {
        assertThat(read(Map.of("passLine", "62.5")).passLine()).isEqualTo(6250);
        assertThat(read(Map.of("confidence", "2.58")).confidence()).isEqualTo(258);
        assertThat(SchemeForm.decimal(6250)).isEqualTo("62.5");
        assertThat(SchemeForm.decimal(6000)).isEqualTo("60");
    }

    @ParameterizedTest
    @CsvSource({
        "'0 30 60 80'",
        "'0 30 60 80 100 120'",
        "'0 30 60 80 101'",
        "'0 30 30 80 100'",
        "'100 80 60 30 0'",
        "'a b c d e'"
    })
    void five_grades_rise_within_a_hundred(String text) {
        assertThat(wrong(Map.of("gradePoints", text)))
                .extracting(Refusal.Reason::field)
                .contains("gradePoints");
    }

    @Test
    void a_part_without_weight_is_none_and_satisfaction_cannot_be() {
        var content = read(Map.of("weight-inspection", "0", "weight-satisfaction", "70"));
        assertThat(content.dimension(Kind.INSPECTION)).isEmpty();
        assertThat(wrong(Map.of("weight-satisfaction", "0", "weight-inspection", "70")))
                .extracting(Refusal.Reason::words)
                .contains("居民满意度要占分，不能是 0。");
    }

    @Test
    void a_choice_is_one_of_those_offered() {
        assertThat(wrong(Map.of("contractPolicy", "BRIBE")))
                .extracting(Refusal.Reason::field)
                .contains("contractPolicy");
        assertThat(read(Map.of("companyPolicy", "EQUAL")).companyPolicy()).isEqualTo(SchemeContent.CompanyPolicy.EQUAL);
    }
}
