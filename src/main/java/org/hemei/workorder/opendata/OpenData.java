package org.hemei.workorder.opendata;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import org.hemei.platform.time.CivilTime;
import org.hemei.workorder.Stranger;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Orders by month, community and branch of the category tree, out of the roll-ups. Only months that are over: from one day to the
 * next nobody can tell what a single new order changed. What is too small to be told, or would tell by subtraction what is too small, is
 * left out ({@link Stranger}), and with too few orders the whole row says no more than that there were some.
 */
@Component
class OpenData {

    static final int PAGE = 1_000;

    /** A place in the data: whatever comes after this row. */
    record Place(String community, LocalDate month, String category) {

        static final Place START = new Place("", LocalDate.of(1900, 1, 1), "");

        /** As in an address: 340104001001_2026-10-01_plumbing */
        static @Nullable Place of(String words) {
            var parts = words.split("_", 3);
            return parts.length == 3 && parts[0].matches("\\d{12}") && parts[1].matches("\\d{4}-(0[1-9]|1[0-2])-01")
                    ? new Place(parts[0], LocalDate.parse(parts[1]), parts[2])
                    : null;
        }

        @Override
        public String toString() {
            return community + "_" + month + "_" + category;
        }
    }

    /** Nulls are counts that are too small to tell. */
    record Row(
            LocalDate month,
            String district,
            String communityCode,
            String community,
            String categoryCode,
            String category,
            @Nullable Integer filed,
            @Nullable Integer closed,
            @Nullable Integer contactCounted,
            @Nullable Integer contactedInTime,
            @Nullable Integer rated,
            @Nullable Integer solved,
            @Nullable Integer satisfied,
            @Nullable Integer marked) {

        Place place() {
            return new Place(communityCode, month, categoryCode);
        }
    }

    /** What each column means; the order is that of the CSV file. */
    record Column(String name, String words) {}

    static final List<Column> COLUMNS = List.of(
            new Column("month", "点单的月份，写成这个月的 1 日"),
            new Column("district", "区（县、开发区）"),
            new Column("community_code", "社区（村）的统计用区划代码，12 位"),
            new Column("community", "社区（村）名称"),
            new Column("category_code", "大类代码"),
            new Column("category", "大类名称"),
            new Column("filed", "这个月点的单"),
            new Column("closed", "这个月办结的单（按办结的月份算）"),
            new Column("contact_counted", "到了时候、算响应率的首次联系，按次数：一张单换过处理单位的，先后每一家欠的各算一次，所以可能比 filed 多"),
            new Column("contacted_in_time", "其中按时联系的次数"),
            new Column("rated", "有效评价：每位点单人最近一次的评价"),
            new Column("solved", "其中居民说解决了的"),
            new Column("satisfied", "满意的评价（一般是 5 分里打 4 分、5 分，各地可改）"),
            new Column("marked", "算满意率的评价；申诉剔除的不在内"));

    private final JdbcClient jdbc;
    private final InstantSource clock;

    OpenData(JdbcClient jdbc, InstantSource clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /** The last month that is over. */
    LocalDate lastMonth() {
        return CivilTime.date(clock.instant()).withDayOfMonth(1).minusMonths(1);
    }

    /** In the order of the key; one more than a page where there are more. @param area code or its beginning; empty for all */
    List<Row> rows(String area, LocalDate from, LocalDate to, Place after) {
        var last = lastMonth();
        return jdbc.sql("""
                        select t.month, d.name as district, t.scope, a.name as community, t.topic, c.name as category,
                               t.filed, t.done, t.response_in_time + t.response_missed as contact_counted,
                               t.response_in_time as contacted, t.resolution_solved + t.resolution_unsolved as rated,
                               t.resolution_solved as solved, t.satisfaction_satisfied as satisfied,
                               t.satisfaction_satisfied + t.satisfaction_not_satisfied as marked
                        from order_count t
                                 join area a on a.code = t.scope and a.level = 'community'
                                 join area d on d.code = left(t.scope, 6)
                                 join category c on c.code = t.topic
                        where t.topic <> '' and t.scope like :area and t.scope >= :community
                          and (t.scope, t.month, t.topic) > (:community, :month, :category)
                          and t.month between :from and :to and t.filed > 0
                        order by t.scope, t.month, t.topic
                        limit :most
                        """)
                .param("area", area + "%")
                .param("community", after.community)
                .param("month", after.month)
                .param("category", after.category)
                .param("from", from.withDayOfMonth(1))
                .param("to", to.isAfter(last) ? last : to)
                .param("most", PAGE + 1)
                .query((r, n) -> row(r))
                .list();
    }

    private static Row row(ResultSet r) throws SQLException {
        var filed = r.getInt("filed");
        var rated = r.getInt("rated");
        var marked = r.getInt("marked");
        return new Row(
                r.getObject("month", LocalDate.class),
                r.getString("district"),
                r.getString("scope"),
                r.getString("community"),
                r.getString("topic"),
                r.getString("category"),
                Stranger.told(filed),
                // of the month in which it was closed: no part of what was filed in this one
                Stranger.hears(filed) ? Stranger.told(r.getInt("done")) : null,
                told(r.getInt("contact_counted"), filed),
                told(r.getInt("contacted"), r.getInt("contact_counted"), filed),
                told(rated, filed),
                told(r.getInt("solved"), rated, filed),
                told(r.getInt("satisfied"), marked, rated, filed),
                told(marked, rated, filed));
    }

    /** Beside each of these: what is left over of any would be told as well. Ratings can be more than orders, and are no part of them then. */
    private static @Nullable Integer told(int part, int... wholes) {
        return Arrays.stream(wholes)
                        .allMatch(whole -> Stranger.hears(whole) && (part > whole || Stranger.hears(part, whole)))
                ? Stranger.told(part)
                : null;
    }
}
