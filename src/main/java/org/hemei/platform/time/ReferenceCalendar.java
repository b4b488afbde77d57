package org.hemei.platform.time;

import org.hemei.platform.reference.ReferenceTable;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The public holidays and working weekends that come with the application; days that an administrator set stay. */
@Component
class ReferenceCalendar implements SmartInitializingSingleton {

    private static final String BASIS = "国务院办公厅节假日安排（数据来自 chinese-days 1.5.7）";

    private final JdbcClient jdbc;

    ReferenceCalendar(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    @Override
    public void afterSingletonsInstantiated() {
        load();
    }

    int load() {
        var days = ReferenceTable.read("reference/cn-calendar-2021-2026.csv");
        return jdbc.sql("""
                        insert into calendar_day (day, kind, name, basis)
                        select day::date, kind, name, ?
                        from unnest(?::text[], ?::text[], ?::text[]) as r (day, kind, name)
                        on conflict (day) do nothing
                        """)
                .param(BASIS)
                .param(days.column("date"))
                .param(days.column("kind"))
                .param(days.column("name"))
                .update();
    }
}
