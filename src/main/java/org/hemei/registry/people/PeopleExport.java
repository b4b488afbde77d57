package org.hemei.registry.people;

import java.io.IOException;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.hemei.platform.Missing;
import org.hemei.platform.Reader;
import org.hemei.platform.time.CivilTime;
import org.hemei.platform.transfer.ListExport;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** 人员任职 as an Excel table: one line for each post, names masked, because no scope follows a file. */
@Component
class PeopleExport implements ListExport {

    private final PeopleQueries queries;
    private final AreaTrail trail;
    private final Exports exports;
    private final Appointments bodies;
    private final InstantSource clock;

    PeopleExport(PeopleQueries queries, AreaTrail trail, Exports exports, Appointments bodies, InstantSource clock) {
        this.queries = queries;
        this.trail = trail;
        this.exports = exports;
        this.bodies = bodies;
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
        if (PeopleScope.managed(reader).length == 0) {
            PeopleScope.required(reader);
        }
    }

    @Override
    public void write(Reader reader, Map<String, String> query, int most, Rows rows) throws IOException {
        var body = body(reader, query);
        var here = body == null
                ? trail.to(PeopleScope.required(reader), query.get("area"))
                        .here()
                        .code()
                : body.area();
        exports.taken(reader, "people.export", here);
        var written = 0;
        var turned = new HashMap<>(query);
        for (PeopleQueries.@Nullable After after = PeopleQueries.After.NOBODY; after != null && written < most; ) {
            turned.put("after", after.toString());
            var filter = PeoplePages.filter(
                    body == null ? here : "", body == null ? 0 : body.id(), turned, CivilTime.date(clock.instant()));
            var page = queries.list(reader, filter);
            for (var person : page.people()) {
                for (var post : person.posts()) {
                    if (written++ < most) {
                        row(rows, person, post);
                    }
                }
            }
            after = page.next();
        }
    }

    private @Nullable BodyInOffice body(Reader reader, Map<String, String> query) {
        var wanted = PeoplePages.number(query.get("body"));
        if (wanted == 0) {
            return null;
        }
        var body = bodies.body(wanted);
        if (!PeopleScope.sees(reader, body)) {
            throw new Missing("没有这个单位，或它不归您管。");
        }
        return body;
    }

    private static void row(Rows rows, PeopleQueries.Person person, PeopleQueries.Held post) throws IOException {
        rows.row(
                post.bodyName(),
                post.post(),
                masked(person.name()),
                post.estate(),
                post.fullTime() ? "是" : "否",
                post.tenure().first(),
                post.tenure().last());
    }

    private static String masked(String name) {
        return name.isEmpty() ? "" : name.substring(0, name.offsetByCodePoints(0, 1)) + "**";
    }
}
