package org.hemei.registry;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.hemei.platform.AccessReason;
import org.hemei.platform.Reader;
import org.hemei.platform.Scope;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** What somebody is to an area, an estate or a body, by the scope of their grants. Who is what is public; the lists behind are not. */
@Component
class PlaceAccess implements AccessReason {

    private static final Pattern NUMBER = Pattern.compile("\\d{1,18}");

    private record Place(
            String name,
            String area,
            @Nullable Long estate,
            @Nullable Long body) {}

    private final JdbcClient jdbc;

    PlaceAccess(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    @Override
    public List<Kind> kinds() {
        return List.of(
                new Kind("area", "地方", "区划代码，如 340111002"),
                new Kind("estate", "小区", "小区的编号，在它的网址里"),
                new Kind("body", "组织或企业", "它的编号，在它的网址里"));
    }

    @Override
    public Optional<Answer> ask(String kind, String id, Reader reader) {
        if (!NUMBER.matcher(id).matches()) {
            return Optional.empty();
        }
        return place(kind, id).map(place -> new Answer(place.name, as(place, reader)));
    }

    private Optional<Place> place(String kind, String id) {
        return switch (kind) {
            case "area" ->
                jdbc.sql(
                                "select name, code as area, null::bigint as estate, null::bigint as body from area where code = ?")
                        .param(id)
                        .query(PlaceAccess::read)
                        .optional();
            case "estate" ->
                jdbc.sql("select name, community as area, id as estate, null::bigint as body from estate where id = ?")
                        .param(Long.parseLong(id))
                        .query(PlaceAccess::read)
                        .optional();
            case "body" ->
                jdbc.sql("select name, area, estate, id as body from body where id = ?")
                        .param(Long.parseLong(id))
                        .query(PlaceAccess::read)
                        .optional();
            default -> Optional.empty();
        };
    }

    private static Place read(ResultSet r, int row) throws SQLException {
        return new Place(
                r.getString("name"),
                r.getString("area"),
                r.getObject("estate", Long.class),
                r.getObject("body", Long.class));
    }

    /** The three administrators and assessors have their grants over an area too, and see nothing of what goes on there. */
    private static List<String> as(Place place, Reader reader) {
        List<String> as = new ArrayList<>();
        var scope = new Scope(reader.grants());
        if (Areas.seen(reader).covers(place.area)) {
            as.add("管着这个地方");
        }
        if (place.estate != null && List.of(scope.estates()).contains(place.estate)) {
            as.add("在这个小区办事或居住");
        }
        if (place.body != null && List.of(scope.bodies()).contains(place.body)) {
            as.add("替这家单位办事");
        }
        return as;
    }
}
