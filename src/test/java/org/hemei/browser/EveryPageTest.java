package org.hemei.browser;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.hemei.RouteTable;
import org.hemei.RouteTable.Line;
import org.hemei.RouteThings;
import org.hemei.access.Role;
import org.hemei.platform.Reader;
import org.hemei.testing.Town;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Every page, as the person it is for, on a small phone, a phone and a desk, in standard and large type: axe, the console,
 * nothing wider than the screen. Pages are those of the route table, where {@code RouteTableTest} misses none.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class EveryPageTest extends Browsing {

    private static final String DOWNLOAD = ".*[.](xlsx|csv|json|svg|png|pdf)";
    /** Worth a look without script. */
    private static final Set<String> MAIN = Set.of(
            "/",
            "/estates",
            "/sign-in",
            "/home",
            "/my/orders",
            "/orders/new",
            "/me",
            "/todo",
            "/orders",
            "/overview",
            "/calendar",
            "/orders/{id:\\d{6}-\\d+}",
            "/orders/{id}/dispatch",
            "/admin/accounts",
            "/desk/orders/new");

    private static final List<String> STAGES =
            List.of("submitted", "dispatched", "helping", "contacted", "resolved", "verified", "closed");

    @Autowired
    private RouteThings things;

    @Autowired
    private JdbcClient jdbc;

    private Town town;
    private List<Line> pages;

    @BeforeAll
    void build() {
        town = town();
        pages = RouteTable.read().lines().stream()
                .filter(line -> line.method().equals("GET")
                        && line.note("no page").isEmpty()
                        && !line.path().matches(DOWNLOAD)
                        && line.note("door").isEmpty())
                .toList();
    }

    /** The person a page is for first of all; nobody in particular for a public one. */
    private static @Nullable Role owner(Line line) {
        return line.visitor()
                ? null
                : line.roles().stream().min(Role::compareTo).orElseThrow();
    }

    private static Stream<List<Role>> people() {
        return Stream.concat(Stream.of(List.of()), Arrays.stream(Role.values()).map(List::of));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("people")
    void every_page_stands_on_every_screen(List<Role> who) {
        var role = who.isEmpty() ? null : who.getFirst();
        var reader = reader(role);
        var wrong = new ArrayList<String>();
        var paths = pages.stream()
                .filter(line -> owner(line) == role)
                .map(line -> path(line, reader))
                .toList();
        // people with weak eyes are residents and visitors first: axe looks at theirs, all others have to stand
        var looks = !reader.signedIn() || reader.has(Role.RESIDENT);
        try (var visit = visit(reader, Screen.PHONE, true)) {
            Axe.comesAlong(visit.page());
            for (var path : paths) {
                opens(visit, path, Screen.PHONE, wrong);
                attempt(wrong, () -> visit.on(Screen.SMALL_PHONE).stands());
                large(visit, looks, wrong);
                attempt(wrong, () -> visit.on(Screen.DESK).look());
            }
            if (!paths.isEmpty()) {
                chosen(visit, reader, paths.getFirst());
            }
        } catch (AssertionError troubles) {
            wrong.add(String.valueOf(troubles.getMessage()));
        }
        assertThat(String.join("\n\n", wrong)).isEmpty();
    }

    /** The page that is open on a small phone, as the server would send it in large type: only the mark of its root differs. */
    private static void large(Visit visit, boolean looks, List<String> wrong) {
        var always = visit.page()
                .evaluate(
                        "() => document.documentElement.dataset.care ?? (document.documentElement.dataset.care = 'on', '')");
        attempt(wrong, visit::stands);
        attempt(wrong, () -> {
            visit.on(Screen.PHONE);
            if (looks) {
                visit.look();
            } else {
                visit.stands();
            }
        });
        if (always.equals("")) {
            visit.page().evaluate("() => delete document.documentElement.dataset.care");
        }
    }

    /** That mark is there for whoever chose large type. */
    private void chosen(Visit visit, Reader reader, String path) {
        if (reader.signedIn()) {
            care(reader, true);
        } else {
            visit.page().navigate(origin() + "/?care=on");
        }
        visit.page().navigate(origin() + path);
        assertThat(
                        visit.page()
                                .evaluate(
                                        "() => document.documentElement.dataset.care + getComputedStyle(document.documentElement).fontSize"))
                .isEqualTo("on20px");
        care(reader, false);
    }

    private void care(Reader reader, boolean on) {
        jdbc.sql("update account set care = ? where id = ?")
                .params(on, reader.account())
                .update();
    }

    /** What others with the page see of it, where it is narrowest, and an order at every stage of its way. */
    @ParameterizedTest
    @EnumSource(Role.class)
    void others_see_pages_that_stand_as_well(Role role) {
        var reader = reader(role);
        var wrong = new ArrayList<String>();
        try (var visit = visit(reader, Screen.PHONE, true)) {
            for (var line : pages) {
                var own =
                        line.foreign() == RouteTable.Foreign.OWN || line.path().startsWith("/orders/{id:");
                if (line.roles().contains(role) && owner(line) != role && own && !line.visitor()) {
                    opens(visit, path(line, reader), Screen.SMALL_PHONE, wrong);
                }
            }
            if (Set.of(Role.RESIDENT, Role.COMMUNITY, Role.MANAGER).contains(role)) {
                // before it is dispatched, an order is no business of the holder's
                for (var stage : role == Role.MANAGER ? STAGES.subList(1, STAGES.size()) : STAGES) {
                    onEveryScreen(visit, "/orders/" + things.made(town, reader).value("$order." + stage), wrong);
                }
            }
        } catch (AssertionError troubles) {
            wrong.add(String.valueOf(troubles.getMessage()));
        }
        assertThat(String.join("\n\n", wrong)).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(
            value = Role.class,
            names = {"RESIDENT", "COMMUNITY", "STREET", "SYSTEM"})
    void the_main_pages_stand_without_script(Role role) {
        var wrong = new ArrayList<String>();
        var reader = reader(role);
        try (var visit = visit(reader, Screen.PHONE, false)) {
            pages.stream()
                    .filter(line -> MAIN.contains(line.path()) && line.roles().contains(role))
                    .forEach(line -> stands(visit, path(line, reader), wrong));
        } catch (AssertionError troubles) {
            wrong.add(String.valueOf(troubles.getMessage()));
        }
        assertThat(String.join("\n\n", wrong)).isEmpty();
    }

    @Test
    void codeAndSlip() {
        try (var visit = visit(Reader.VISITOR, Screen.PHONE, true)) {
            visit.open("/sign-in/phone").write("手机号", towns.phone());
            visit.page().locator("main form button").first().click();
            visit.page().waitForURL("**/sign-in/code*");
            visit.look();
        }
        var near = town.near();
        try (var visit = visit(near.communityDesk(), Screen.DESK, true)) {
            visit.open("/community/binding-codes?estate=" + near.garden() + "&building=" + near.building());
            visit.page().locator("select[name=unit]").selectOption(String.valueOf(near.emptyUnit()));
            visit.page().locator("input[name=relation]").first().check();
            visit.page()
                    .locator("form[action='/community/binding-codes'] button")
                    .last()
                    .click();
            visit.page().waitForURL("**/slip");
            visit.look();
        }
    }

    private Reader reader(@Nullable Role role) {
        return role == null ? Reader.VISITOR : town.who(role);
    }

    private String path(Line line, Reader reader) {
        var address = line.address(things.made(town, reader)::value);
        return address.params().entrySet().stream()
                .map(with -> with.getKey() + "=" + with.getValue())
                .collect(Collectors.collectingAndThen(
                        Collectors.joining("&"),
                        query -> query.isEmpty() ? address.path() : address.path() + "?" + query));
    }

    /** Phones of two sizes and a desk. axe looks at the last of them, the desk. */
    private void onEveryScreen(Visit visit, String path, List<String> wrong) {
        opens(visit, path, Screen.PHONE, wrong);
        attempt(wrong, () -> visit.on(Screen.SMALL_PHONE).stands());
        attempt(wrong, () -> visit.on(Screen.DESK).look());
    }

    private void stands(Visit visit, String path, List<String> wrong) {
        opens(visit, path, Screen.PHONE, wrong);
        attempt(wrong, () -> visit.on(Screen.SMALL_PHONE).stands());
        attempt(wrong, () -> visit.on(Screen.DESK).stands());
    }

    private void opens(Visit visit, String path, Screen screen, List<String> wrong) {
        attempt(wrong, () -> {
            assertThat(visit.on(screen).page().navigate(origin() + path).status())
                    .as(path)
                    .isEqualTo(200);
            visit.stands();
        });
    }

    private static void attempt(List<String> wrong, Runnable look) {
        try {
            look.run();
        } catch (AssertionError e) {
            wrong.add(String.valueOf(e.getMessage()));
        }
    }
}
