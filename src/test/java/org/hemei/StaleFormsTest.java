package org.hemei;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hemei.testing.SignedInAs.as;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.csrf;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.hemei.access.Role;
import org.hemei.platform.Reader;
import org.hemei.testing.HemeiTest;
import org.hemei.testing.Town;
import org.hemei.testing.Towns;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.request.MockMvcRequestBuilders;

/** Two people with one form: whoever sends it second loses no word, is told who was first, and overwrites nothing unseen. */
@HemeiTest
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class StaleFormsTest {

    private static final String NEVER_SEEN = "424242";
    private static final Pattern WORDS = Pattern.compile("\\p{IsHan}");

    /** The desk's forms on an order share one frame, which other tests look at; a few words of each would cost more than they tell. */
    private static final String ONE_FRAME = "/orders/{id}/";

    /** As many forms have a version and are stopped by it; the others refuse for another reason first. */
    private static final int LEAST_STALE = 35;

    @Autowired
    MockMvc mvc;

    @Autowired
    Towns towns;

    @Autowired
    RouteThings things;

    @Autowired
    JdbcClient jdbc;

    Town town;

    @BeforeAll
    void build() {
        town = towns.make();
    }

    private MockHttpServletResponse post(Reader reader, String path, Map<String, String> with) throws Exception {
        var address = path;
        var request = new LinkedHashMap<String, String>();
        for (var pair : with.entrySet()) {
            var place = "{" + pair.getKey() + "}";
            if (address.contains(place)) {
                address = address.replace(place, pair.getValue());
            } else {
                request.put(pair.getKey(), pair.getValue());
            }
        }
        var post = MockMvcRequestBuilders.post(address).accept("text/html");
        request.forEach(post::param);
        return mvc.perform(post.with(as(reader)).with(csrf())).andReturn().getResponse();
    }

    @Test
    void noFormLosesAWordWhenSomebodyWasFirst() throws Exception {
        var lost = new TreeMap<String, String>();
        var stale = 0;
        for (var start : HostileRoutes.all()) {
            var line = start.line();
            if (!line.method().equals("POST")
                    || line.path().startsWith("/api/")
                    || line.path().startsWith(ONE_FRAME)
                    || !start.with().containsKey("version")) {
                continue;
            }
            var reader = town.who(line.roles().stream().sorted().findFirst().orElseThrow());
            var with = HostileRoutes.filled(start.with(), things.made(town, reader));
            with.put("version", NEVER_SEEN);
            var answer = post(reader, line.plainPath(), with);
            var page = answer.getContentAsString();
            if (answer.getStatus() != 409) {
                continue;
            }
            stale++;
            for (var field : with.entrySet()) {
                if (!line.plainPath().contains("{" + field.getKey() + "}")
                        && WORDS.matcher(field.getValue()).find()
                        && !page.contains(field.getValue())) {
                    lost.put(start.name(), field.getKey());
                }
            }
            if (page.contains(NEVER_SEEN)) {
                lost.put(start.name(), "shows the old version");
            }
        }
        assertThat(lost).isEmpty();
        assertThat(stale).isGreaterThanOrEqualTo(LEAST_STALE);
    }

    @ParameterizedTest(name = "{1} as {0}")
    @CsvSource(delimiter = '|', textBlock = """
            HOUSING   | /estates/{id}/edit | id=$empty-estate name=
            HOUSING   | /estates/{id}/facilities | id=$empty-estate count0=坏
            HOUSING   | /estates/{id}/strike-off | id=$empty-estate why=
            HOUSING   | /estates/{id}/restore | id=$gone-estate reason=
            HOUSING   | /companies/{id}/edit | id=$company phone=坏
            HOUSING   | /contracts/{id}/extend | id=$contract last=2026-02-30
            CITY      | /policies/{id}/edit | id=$policy title=
            COMMUNITY | /appointments/{id}/correct | id=$appointment from=2026-02-30
            """)
    void aFormThatComesBackKeepsTheVersionItWasMadeFrom(Role who, String path, String with) throws Exception {
        var reader = town.who(who);
        var filled = HostileRoutes.filled(RouteTable.with(with), things.made(town, reader));
        filled.put("version", NEVER_SEEN);
        var answer = post(reader, path, filled);
        var page = answer.getContentAsString();
        assertThat(answer.getStatus()).as(page).isEqualTo(422);
        assertThat(page).contains("name=\"version\" value=\"" + NEVER_SEEN + "\"");
    }

    @Test
    void whoWasFirstIsTheOneOnTheTrail() throws Exception {
        var keeper = town.who(Role.DISTRICT);
        var other = town.who(Role.ORGANISATION);
        var made = things.made(town, keeper);
        var with = HostileRoutes.filled(
                RouteTable.with(
                        "id=$policy version=0 kind=notice title=先改的标题 issuer=试印发 area=$district issuedOn=2026-01-05 validFrom=2026-01-05"),
                made);
        assertThat(post(keeper, "/policies/{id}/edit", with).getStatus()).isEqualTo(303);
        with.put("title", "后改的<标题>");
        var name = jdbc.sql("select p.masked_name from account a join person p on p.id = a.person where a.id = ?")
                .param(keeper.account())
                .query(String.class)
                .single();
        assertThat(post(other, "/policies/{id}/edit", with).getContentAsString())
                .contains(name + "在")
                .contains("您刚才填的（可以复制）")
                .contains("后改的&lt;标题&gt;</textarea>")
                .doesNotContain("别人");
        assertThat(post(keeper, "/policies/{id}/edit", with).getContentAsString())
                .contains("您自己在");
    }
}
