package org.hemei.registry.transfer;

import java.util.List;
import org.hemei.platform.transfer.Check;
import org.hemei.platform.transfer.Column;

/** How rows name an estate: by its code, or by its community and name. */
final class EstateColumns {

    static final String IN_AREAS =
            "exists (select from unnest(cast(:areas as text[])) a where starts_with(e.community, a))";

    private EstateColumns() {}

    static Column code() {
        return Column.code("estate_code", "小区编号", "[0-9A-Za-z_.-]{1,40}")
                .example("HF-0001")
                .hint("您自己系统里的编号，字母、数字、点和横线。没有就填社区代码和小区名称。");
    }

    static Column community() {
        return Column.code("community", "社区代码", "\\d{12}")
                .example("340104001001")
                .hint("统计用区划代码，12 位数字。");
    }

    static Column name() {
        return Column.text("estate_name", "小区名称", 40).example("和美花园");
    }

    /** Of an estate that is there: what was struck off gets nothing new, and its buildings are loaded nowhere. */
    static final Check THERE = new Check("estate_name", "这个小区已经注销。请删掉这一行；注销错了，先到小区页恢复。", """
            exists (select from estate e where e.id = s.estate_id and e.until is not null)
            """);

    /** Puts the estate's id and area into stage. */
    static List<String> resolve() {
        return List.of("alter table stage add estate_id bigint, add area text", """
                update stage s set estate_id = e.id, area = e.community from estate e
                where e.code = s.estate_code
                """, """
                update stage s set estate_id = e.id, area = e.community from estate e
                where s.estate_code is null and e.community = s.community and e.name = s.estate_name and e.until is null
                """, """
                update stage s set estate_id = e.id, area = e.community from estate e
                where s.estate_code is null and s.estate_id is null and e.community = s.community and e.name = s.estate_name
                """);
    }

    static List<Check> checks() {
        return List.of(
                new Check(
                        "estate_name",
                        "要填小区编号；没有编号，就填社区代码和小区名称。",
                        "s.estate_code is null and (s.community is null or s.estate_name is null)"),
                new Check(
                        "estate_code",
                        "没有编号是“{estate_code}”的小区。请先导入小区。",
                        "s.estate_code is not null and s.estate_id is null"),
                new Check(
                        "estate_name",
                        "社区 {community} 没有叫“{estate_name}”的小区。请先导入小区，或核对代码和名称。",
                        "s.estate_code is null and s.community is not null and s.estate_name is not null and s.estate_id is null"),
                new Check("estate_name", "编号“{estate_code}”的小区不叫这个名字，或不在这个社区。请核对。", """
                        s.estate_code is not null and exists (
                            select from estate e where e.id = s.estate_id
                              and (e.name <> coalesce(s.estate_name, e.name) or e.community <> coalesce(s.community, e.community)))
                        """));
    }
}
