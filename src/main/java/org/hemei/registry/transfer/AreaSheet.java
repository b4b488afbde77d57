package org.hemei.registry.transfer;

import java.util.List;
import org.hemei.platform.Reader;
import org.hemei.platform.Scope;
import org.hemei.platform.transfer.Check;
import org.hemei.platform.transfer.Column;
import org.hemei.platform.transfer.Part;
import org.hemei.platform.transfer.Part.Field;
import org.hemei.platform.transfer.Sheet;
import org.hemei.registry.Office;
import org.springframework.stereotype.Component;

/** 区划: its code says its level and what it lies in (统计用区划代码, GB/T 10114 and its continuation by the statistics office). */
@Component
class AreaSheet implements Sheet {

    @Override
    public String key() {
        return "areas";
    }

    @Override
    public String title() {
        return "区划";
    }

    @Override
    public String about() {
        return "一行是一个市、区县、街道（乡镇）或社区（村），按代码认。";
    }

    @Override
    public int order() {
        return 10;
    }

    @Override
    public List<Column> columns() {
        return List.of(
                Column.code("code", "代码", "\\d{4}|\\d{6}|\\d{9}|\\d{12}")
                        .must()
                        .example("340104001001")
                        .hint("统计用区划代码：市 4 位，区县 6 位，街道 9 位，社区 12 位。"),
                Column.text("name", "名称", 60).must().example("试验社区居民委员会"),
                Column.choice("kind", "社区类别", "居委会", "residents", "村委会", "village", "其他", "special")
                        .example("居委会")
                        .hint("只有社区要填；不填按代码第 10 到 12 位认。"));
    }

    @Override
    public Scope scope(Reader reader) {
        return reader.scope(Office.SYSTEM);
    }

    @Override
    public AreaOf area() {
        return new AreaOf("s.code", "code");
    }

    @Override
    public List<String> resolve() {
        return List.of("alter table stage add level text, add parent text, add target text", """
                update stage s set level = case length(code) when 4 then 'city' when 6 then 'district' when 9 then 'street' else 'community' end,
                                   parent = case length(code) when 6 then left(code, 4) when 9 then left(code, 6) when 12 then left(code, 9) end,
                                   target = code
                """);
    }

    @Override
    public List<Check> checks() {
        return List.of(
                new Check("code", "它的上级 {parent} 还没有。请先把上级写进表里。", """
                        s.parent is not null and not exists (select from area a where a.code = s.parent)
                        and not exists (select from stage o where o.code = s.parent)
                        """),
                new Check("kind", "只有社区分类别。请留空。", "s.kind is not null and s.level <> 'community'"));
    }

    @Override
    public Identity identity() {
        return new Identity("s.code", "code");
    }

    @Override
    public List<Part> parts() {
        return List.of(Part.of(
                        "area",
                        "target",
                        Field.same("name"),
                        Field.of("level", "s.level"),
                        Field.of("parent", "s.parent"),
                        Field.of("kind", """
                                case when s.level <> 'community' then 'ordinary' when s.kind is not null then s.kind
                                     when substr(s.code, 10, 3) < '200' then 'residents' when substr(s.code, 10, 3) < '400' then 'village'
                                     else 'special' end
                                """, "kind"))
                .key("code"));
    }

    @Override
    public String export() {
        return """
                select e.code, e.name, case when e.level = 'community' and e.kind <> 'ordinary' then e.kind end
                from area e where exists (select from unnest(cast(:areas as text[])) a where starts_with(e.code, a)) order by e.code
                """;
    }
}
