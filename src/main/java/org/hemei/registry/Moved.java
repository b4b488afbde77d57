package org.hemei.registry;

/** SQL for where things stood that have moved since: estates by their history, bodies by {@code body_area}. */
public final class Moved {

    private Moved() {}

    /**
     * A query of the estates that came to another community after the day, with the community of that day.
     *
     * @param day the name of a parameter, such as {@code :on}
     */
    public static String estates(String day) {
        return """
                select distinct on (h.estate) h.estate, h.detail -> 'community' ->> 0 as community
                from estate_change h
                         cross join lateral (select coalesce(cast(h.detail ->> 'day' as date),
                                                             cast(h.at at time zone 'Asia/Shanghai' as date)) as day) d
                where h.verb = 'moved' and d.day > cast(%s as date) order by h.estate, d.day, h.id
                """.formatted(day);
    }
}
