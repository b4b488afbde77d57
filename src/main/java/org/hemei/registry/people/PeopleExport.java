package org.hemei.registry.people;

import java.io.IOException;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.hemei.platform.Reader;
import org.hemei.platform.time.CivilTime;
import org.hemei.platform.transfer.ListExport;
import org.springframework.stereotype.Component;

/** 人员任职 as an Excel table: one line for each post, names masked, because no scope follows a file. */
@Component
class PeopleExport implements ListExport {

    private final PeopleQueries queries;
    private final AreaTrail trail;
    private final Exports exports;
    private final InstantSource clock;

    PeopleExport(PeopleQueries queries, AreaTrail trail, Exports exports, InstantSource clock) {
        this.queries = queries;
        this.trail = trail;
        this.exports = exports;
        this.clock = clock;
    }

    @Override
    public String key() {
        return "people";
    }

    @Override
    public String title() {
        return "人员任职";
    }

    @Override
    public List<String> headings() {
        return List.of("单位", "职务", "姓名", "小区", "专职", "从哪天", "到哪天");
    }

    @Override
    public void admit(Reader reader) {
        PeopleScope.required(reader);
    }

    @Override
    public void write(Reader reader, Map<String, String> query, int most, Rows rows) throws IOException {
        var here = trail.to(PeopleScope.required(reader), query.get("area")).here();
        exports.taken(reader, "people.export", here.code());
        var written = 0;
        var last = 0L;
        while (written < most) {
            var filter = PeoplePages.filter(here.code(), query, CivilTime.date(clock.instant()), last);
            var page = queries.list(reader, filter);
            for (var person : page.stream().limit(PeopleQueries.PAGE).toList()) {
                last = person.id();
                for (var post : person.posts()) {
                    if (written++ < most) {
                        rows.row(
                                post.bodyName(),
                                post.post(),
                                masked(person.name()),
                                post.estate(),
                                post.fullTime() ? "是" : "否",
                                post.tenure().first(),
                                post.tenure().last());
                    }
                }
            }
            if (page.size() <= PeopleQueries.PAGE) {
                return;
            }
        }
    }

    private static String masked(String name) {
        return name.isEmpty() ? "" : name.substring(0, name.offsetByCodePoints(0, 1)) + "**";
    }
}
