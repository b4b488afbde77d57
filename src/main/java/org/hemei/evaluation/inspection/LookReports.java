package org.hemei.evaluation.inspection;

import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.hemei.evaluation.inspection.Inspection.Found;
import org.hemei.evaluation.inspection.Inspection.Level;
import org.hemei.evaluation.scheme.SchemeContent.Item;
import org.hemei.evaluation.scheme.SchemeContent.Kind;
import org.hemei.evaluation.scheme.Schemes;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** Every report of a look, as it was made: what was put right does not take the place of what was said first. */
@Repository
public class LookReports {

    /** A report that another one followed. @param changed what the next one said differently, in words */
    public record Earlier(Instant at, List<String> changed) {}

    private record Report(Instant at, Map<String, Found> found) {}

    private static final Found NOTHING = new Found("", "");

    private final JdbcClient jdbc;
    private final Schemes schemes;
    private final JsonMapper json;

    LookReports(JdbcClient jdbc, Schemes schemes, JsonMapper json) {
        this.jdbc = jdbc;
        this.schemes = schemes;
        this.json = json;
    }

    void append(long inspection, int version, Map<String, Found> found, Instant now) {
        jdbc.sql(
                        "insert into evaluation_inspection_report (inspection, version, at, found) values (?, ?, ?, cast(? as jsonb))")
                .params(inspection, version, Timestamp.from(now), json.writeValueAsString(found))
                .update();
    }

    /** All but the last, the newest first. */
    List<Earlier> earlier(long inspection) {
        var reports = jdbc.sql(
                        "select at, found::text from evaluation_inspection_report where inspection = ? order by version")
                .param(inspection)
                .query((r, n) -> new Report(
                        r.getTimestamp(1).toInstant(),
                        json.readValue(r.getString(2), new TypeReference<HashMap<String, Found>>() {})))
                .list();
        if (reports.size() < 2) {
            return List.of();
        }
        var items = items(inspection);
        List<Earlier> earlier = new ArrayList<>();
        for (int n = reports.size() - 2; n >= 0; n--) {
            earlier.add(new Earlier(reports.get(n).at, changed(items, reports.get(n).found, reports.get(n + 1).found)));
        }
        return earlier;
    }

    private List<Item> items(long inspection) {
        var scheme = jdbc.sql("""
                        select c.scheme from evaluation_inspection i join evaluation_campaign c on c.id = i.campaign where i.id = ?
                        """).param(inspection).query(Long.class).single();
        return schemes.find(scheme).orElseThrow().content().items(Kind.INSPECTION);
    }

    private static List<String> changed(List<Item> items, Map<String, Found> was, Map<String, Found> is) {
        return items.stream()
                .filter(item -> !was.getOrDefault(item.code(), NOTHING).equals(is.getOrDefault(item.code(), NOTHING)))
                .map(item -> item.words() + "：原来报“" + words(was.getOrDefault(item.code(), NOTHING)) + "”，改为“"
                        + words(is.getOrDefault(item.code(), NOTHING)) + "”")
                .toList();
    }

    private static String words(Found found) {
        var level = Level.of(found.level()).map(Level::words).orElse("没报");
        return found.note().isEmpty() ? level : level + "，" + found.note();
    }
}
