package org.hemei.platform.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.hemei.platform.NavEntry;
import org.hemei.platform.web.Shell.Group;
import org.hemei.platform.web.Shell.Link;
import org.junit.jupiter.api.Test;

/** A menu that fits stands open; a long one folds what the reader is not under, and says there what waits. */
class MenuTest {

    private static List<Link> links(int number, int current) {
        return IntStream.range(0, number)
                .mapToObj(n -> new Link("/" + n, "项", "list", n == 0 ? 2 : null, n == current))
                .toList();
    }

    private static List<Group> menu(Map<String, List<Link>> groups) {
        return Shell.fold(new LinkedHashMap<>(groups));
    }

    @Test
    void aShortMenuIsNotFolded() {
        var groups = new LinkedHashMap<String, List<Link>>();
        groups.put("办事", links(12, -1));
        groups.put("我的", links(6, -1));
        assertThat(menu(groups)).allMatch(Group::open);
    }

    @Test
    void aLongMenuOpensWhatComesFirstAndWhereTheReaderIs() {
        var groups = new LinkedHashMap<String, List<Link>>();
        groups.put("全局", links(1, -1));
        groups.put("办事", links(12, -1));
        groups.put("底数", links(3, -1));
        groups.put("规则", links(3, 1));
        groups.put("我的", links(2, -1));
        assertThat(menu(groups)).filteredOn(Group::open).extracting(Group::name).containsExactly("全局", "办事", "规则");
        assertThat(menu(groups).getLast().waiting()).isEqualTo(2);
    }

    @Test
    void aPageBesideStandsUnderTheItemThatNamesIt() {
        var item = new NavEntry.Item("办事", 1, "/disputes", "争议和督办", "scale", null, List.of("/supervisions"));
        assertThat(item.covers("/disputes")).isEqualTo("/disputes".length());
        assertThat(item.covers("/supervisions")).isEqualTo("/supervisions".length());
        assertThat(item.covers("/supervisions/1")).isPositive();
        assertThat(item.covers("/supervisionsheet")).isZero();
        assertThat(item.covers("/orders")).isZero();
    }
}
