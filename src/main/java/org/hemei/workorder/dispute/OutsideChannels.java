package org.hemei.workorder.dispute;

import java.time.InstantSource;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.hemei.access.Role;
import org.hemei.platform.Missing;
import org.hemei.platform.Reader;
import org.hemei.platform.Refusal;
import org.hemei.platform.log.Audit;
import org.hemei.platform.reference.ReferenceTable;
import org.hemei.platform.time.CivilTime;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * 外部渠道: police, courts, petitions and the like, with address, phone and basis. Kept by city and district for their areas. A change
 * is a new row, so that whoever was sent to the old address still reads what they were told.
 */
@Service
class OutsideChannels implements SmartInitializingSingleton {

    record Channel(
            long id,
            String area,
            String areaName,
            String kind,
            String name,
            String matters,
            String address,
            String phone,
            String basis,
            LocalDate since) {

        String kindWords() {
            return KINDS.getOrDefault(kind, "其他");
        }
    }

    /** What is kept of a channel. */
    record Entry(String area, String kind, String name, String matters, String address, String phone, String basis) {}

    static final Map<String, String> KINDS = new java.util.LinkedHashMap<>();

    static {
        KINDS.put("police", "公安");
        KINDS.put("fire", "消防");
        KINDS.put("court", "法院");
        KINDS.put("petition", "信访");
        KINDS.put("hotline", "热线");
        KINDS.put("legal_aid", "公共法律服务");
        KINDS.put("market", "市场监管");
        KINDS.put("other", "其他");
    }

    private final JdbcClient jdbc;
    private final Audit audit;
    private final InstantSource clock;

    OutsideChannels(JdbcClient jdbc, Audit audit, InstantSource clock) {
        this.jdbc = jdbc;
        this.audit = audit;
        this.clock = clock;
    }

    /** The ones that come with the application, for a city that has none at all. */
    @Override
    public void afterSingletonsInstantiated() {
        var rows = ReferenceTable.read("reference/outside-channels.csv");
        jdbc.sql("""
                insert into outside_channel (area, kind, name, matters, address, phone, basis, since)
                select r.area, r.kind, r.name, r.matters, r.address, r.phone, r.basis, date '2020-01-01'
                from unnest(?::text[], ?::text[], ?::text[], ?::text[], ?::text[], ?::text[], ?::text[])
                     as r (area, kind, name, matters, address, phone, basis)
                         join area a on a.code = r.area
                where not exists (select from outside_channel)
                """)
                .params(List.of(
                        rows.column("area"),
                        rows.column("kind"),
                        rows.column("name"),
                        rows.column("matters"),
                        rows.column("address"),
                        rows.column("phone"),
                        rows.column("basis")))
                .update();
    }

    private static final String SELECT = """
            select c.id, c.area, a.name as area_name, c.kind, c.name, c.matters, c.address, c.phone, c.basis, c.since
            from outside_channel c join area a on a.code = c.area
            """;

    /** Those that are open for any place the reader has a duty in, and those of the places below. */
    List<Channel> open(Reader reader) {
        var areas = reader.scope(Role.COMMUNITY, Role.STREET, Role.DISTRICT, Role.CITY)
                .areas()
                .toArray(String[]::new);
        return jdbc.sql(SELECT + """
                where c.until is null and exists (select from unnest(cast(? as text[])) as mine (code)
                                                  where mine.code like c.area || '%' or c.area like mine.code || '%')
                order by c.area, c.id
                """).param(areas).query(Channel.class).list();
    }

    Channel mine(Reader reader, long id) {
        return jdbc.sql(SELECT + "where c.id = ? and c.until is null")
                .param(id)
                .query(Channel.class)
                .optional()
                .filter(channel -> keeps(reader, channel.area))
                .orElseThrow(() -> new Missing("没有这个渠道，或它不归您维护。"));
    }

    static boolean keeps(Reader reader, String area) {
        return reader.scope(Role.CITY, Role.DISTRICT).covers(area);
    }

    /** A new one, or in place of an old one, which keeps what it said. */
    @Transactional
    public long set(Reader reader, @Nullable Long instead, Entry said) {
        var known = jdbc.sql("select exists (select from area where code = ?)")
                .param(said.area)
                .query(Boolean.class)
                .single();
        if (!known || !keeps(reader, said.area)) {
            throw Refusal.of("area", "请选您这里管的地区。");
        }
        var today = CivilTime.date(clock.instant());
        if (instead != null) {
            end(instead, today);
        }
        var id = jdbc.sql("""
                insert into outside_channel (area, kind, name, matters, address, phone, basis, since)
                values (?, ?, ?, ?, ?, ?, ?, ?) returning id
                """)
                .params(said.area, said.kind, said.name, said.matters, said.address, said.phone, said.basis, today)
                .query(Long.class)
                .single();
        audit.record(
                reader,
                0,
                "outside_channel.set",
                "outside_channel",
                id,
                said.area,
                instead == null ? Map.of() : Map.of("instead", instead));
        return id;
    }

    @Transactional
    public void close(Reader reader, long id) {
        var channel = mine(reader, id);
        end(id, CivilTime.date(clock.instant()));
        audit.record(reader, 0, "outside_channel.close", "outside_channel", id, channel.area, Map.of());
    }

    private void end(long id, LocalDate today) {
        var ended = jdbc.sql("update outside_channel set until = greatest(since, ?) where id = ? and until is null")
                .params(today, id)
                .update();
        if (ended != 1) {
            throw Refusal.of("这个渠道刚刚被别人改了，请回到列表再看。");
        }
    }
}
