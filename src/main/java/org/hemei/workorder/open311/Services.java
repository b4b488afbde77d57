package org.hemei.workorder.open311;

import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The kinds of matters as services: the leaves of the tree of categories, grouped by its branches. */
@Component
class Services {

    record Service(String code, String name, String group, List<String> keywords, String urgency) {

        Node document() {
            return Node.group(
                    "service",
                    Node.value("service_code", code),
                    Node.value("service_name", name),
                    Node.value("description", group + "：" + name),
                    Node.value("metadata", true),
                    Node.value("type", "realtime"),
                    Node.value("keywords", String.join(", ", keywords)),
                    Node.value("group", group));
        }
    }

    private static final String SELECT = """
            select c.code, c.name, p.name as group_name, c.words, c.urgency
            from category c join category p on p.code = c.parent
            where c.active and p.active
            """;

    private final JdbcClient jdbc;

    Services(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    List<Service> all() {
        return query(SELECT + " order by p.position, c.position, c.code", "");
    }

    Optional<Service> find(String code) {
        return query(SELECT + " and c.code = :code", code).stream().findFirst();
    }

    private List<Service> query(String sql, String code) {
        return jdbc.sql(sql)
                .param("code", code)
                .query((r, n) -> new Service(
                        r.getString("code"),
                        r.getString("name"),
                        r.getString("group_name"),
                        List.of((String[]) r.getArray("words").getArray()),
                        r.getString("urgency")))
                .list();
    }

    /** What can be said besides; the same for each service. */
    static Node definition(String code) {
        return Node.group(
                "service_definition",
                Node.value("service_code", code),
                new Node.Many(
                        "attributes",
                        List.of(
                                attribute(
                                        "channel",
                                        "singlevaluelist",
                                        1,
                                        "怎么来的；不填当作电话",
                                        List.of(
                                                option("phone", "电话"),
                                                option("walk_in", "上门"),
                                                option("patrol", "巡查"))),
                                attribute("building", "string", 2, "哪幢楼，写楼名，如 3幢；公共部位不填", List.of()),
                                attribute("place", "string", 3, "具体地点，60 字以内", List.of()))));
    }

    private static Node attribute(String code, String datatype, int order, String description, List<Node> values) {
        return Node.group(
                "attribute",
                Node.value("variable", true),
                Node.value("code", code),
                Node.value("datatype", datatype),
                Node.value("required", false),
                Node.value("datatype_description", null),
                Node.value("order", order),
                Node.value("description", description),
                new Node.Many("values", values));
    }

    private static Node option(String key, String name) {
        return Node.group("value", Node.value("key", key), Node.value("name", name));
    }
}
