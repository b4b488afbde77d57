package org.hemei.registry.people;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.hemei.platform.Refusal.Reason;
import org.hemei.testing.HemeiTest;
import org.hemei.testing.Town;
import org.hemei.testing.Towns;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** Many appointments looked at together are refused for the same reasons, in the same words, as each by itself. */
@HemeiTest
class AppointmentRulesTest {

    private static final LocalDate DAY = LocalDate.of(2024, 3, 1);

    @Autowired
    AppointmentRules rules;

    @Autowired
    Appointments appointments;

    @Autowired
    Towns towns;

    Town town;
    Town.Side side;
    long owners;
    long worker;
    long member;

    @BeforeEach
    void build() {
        town = towns.make();
        side = town.near();
        owners = towns.bodyOf("owners_committee", null, "试业委会" + town.city(), side.community(), side.garden());
        worker = towns.person("钱经理");
        towns.post(worker, side.company(), "项目经理");
        member = towns.person("孙主任");
        towns.post(member, owners, "业委会主任");
    }

    private Proposed wanted(
            long person, long body, String post, @Nullable Long estate, LocalDate first, @Nullable LocalDate last) {
        return new Proposed(
                null,
                person,
                appointments.body(body),
                appointments.post(post).orElseThrow(),
                estate,
                true,
                new Tenure(first, last));
    }

    private List<Proposed> all() {
        var all = new ArrayList<Proposed>();
        for (var person : List.of(worker, member, towns.person("李新人"), 0L)) {
            for (var body : List.of(owners, side.company(), side.backstop(), side.committee())) {
                for (var post : List.of("业委会主任", "业委会委员", "项目经理", "党建指导员", "队员")) {
                    for (var estate : new @Nullable Long[] {null, side.garden()}) {
                        all.add(wanted(person, body, post, estate, DAY, null));
                        all.add(wanted(person, body, post, estate, DAY, DAY.minusDays(1)));
                        all.add(wanted(person, body, post, estate, LocalDate.of(1900, 1, 1), DAY.plusYears(5)));
                        all.add(wanted(person, body, post, estate, DAY.plusYears(40), null));
                    }
                }
            }
        }
        return all;
    }

    @Test
    void together_they_are_refused_as_each_alone() {
        var all = all();
        var alone = all.stream().map(rules::against).toList();
        assertThat(rules.against(all)).isEqualTo(alone);
        var order = new ArrayList<>(
                java.util.stream.IntStream.range(0, all.size()).boxed().toList());
        Collections.shuffle(order, new Random(7));
        assertThat(rules.against(order.stream().map(all::get).toList()))
                .as("in whatever order they come")
                .isEqualTo(order.stream().map(alone::get).toList());
        assertThat(alone.stream().flatMap(List::stream).map(Reason::words))
                .as("every rule had something to say, and something passed")
                .anyMatch(words -> words.contains("按规定不能进这个小区的业委会"))
                .anyMatch(words -> words.contains("按规定不能进这家公司"))
                .anyMatch(words -> words.contains("同时只有一个人"))
                .anyMatch(words -> words.contains("日期重了"))
                .anyMatch(words -> words.contains("没有“"))
                .anyMatch(words -> words.contains("才成立"))
                .anyMatch(words -> words.contains("这一天太远了"))
                .anyMatch(words -> words.contains("只有物业企业的职务才分小区"));
        assertThat(alone).anyMatch(List::isEmpty);
        assertThat(rules.against(List.of())).isEmpty();
    }
}
