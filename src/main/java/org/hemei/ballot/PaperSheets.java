package org.hemei.ballot;

import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/**
 * Sheets and their readings. What was read is nowhere in clear text: of a reading there is a keyed mark that tells whether it is
 * equal to another, and of a settled sheet a cover under the poll's key.
 */
@Repository
class PaperSheets {

    /** Where a sheet stands. */
    enum State {
        PRINTED,
        /** Read once; waits for somebody else. */
        ONCE,
        /** Two readings that differ; waits for a third. */
        DIFFERS,
        SETTLED,
        /** Three readings and no two alike, or time over before two were. */
        SPOILT;

        String code() {
            return name().toLowerCase(Locale.ROOT);
        }

        static State of(String code) {
            return valueOf(code.toUpperCase(Locale.ROOT));
        }
    }

    /** @param mark of the answers, see {@link PollSecret#readingMark} */
    record Reading(long by, byte[] mark) {}

    record Sheet(int district, long poll, String serial, long estate, State state, List<Reading> readings) {}

    /** An estate of a poll, for whoever works there. */
    record Place(int district, String community, String name, int eligible) {}

    private static final String SHEETS = """
            select s.*, k.people, k.marks
            from ballot_sheet s
                     left join lateral (select array_agg(keyed_by order by look) as people, array_agg(mark order by look) as marks
                                        from ballot_keying k
                                        where k.district = s.district and k.poll = s.poll and k.serial = s.serial) k on true
            """;

    private final JdbcClient jdbc;

    PaperSheets(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    Optional<Place> place(long poll, long estate) {
        return jdbc.sql("""
                        select g.district, e.community, e.name, g.eligible
                        from poll_group g join estate e on e.id = g.estate where g.poll = ? and g.estate = ?
                        """)
                .params(poll, estate)
                .query((r, n) -> new Place(r.getInt(1), r.getString(2), r.getString(3), r.getInt(4)))
                .optional();
    }

    void insert(int district, long poll, long estate, Collection<String> serials) {
        jdbc.sql("insert into ballot_sheet (district, poll, serial, estate) select ?, ?, s, ? from unnest(?) s")
                .params(district, poll, estate, serials.toArray(String[]::new))
                .update();
    }

    private int count(String what, int district, long poll, long estate) {
        return jdbc.sql("select count(*) from " + what + " and district = ? and poll = ? and estate = ?")
                .params(district, poll, estate)
                .query(Integer.class)
                .single();
    }

    int printed(int district, long poll, long estate) {
        return count("ballot_sheet where true", district, poll, estate);
    }

    int keyed(int district, long poll, long estate) {
        return count("ballot_sheet where state <> 'printed'", district, poll, estate);
    }

    int handedOut(int district, long poll, long estate) {
        return count("ballot_roll where channel = 'paper'", district, poll, estate);
    }

    /** Marks on the roll that a household takes a sheet on this day. @return false when it had its ballot already */
    boolean handOut(int district, long poll, long unit, LocalDate day) {
        return jdbc.sql("""
                        update ballot_roll set channel = 'paper', paper_on = ?
                        where district = ? and poll = ? and unit = ? and channel is null
                        """).params(day, district, poll, unit).update() == 1;
    }

    /** The line is free again. @return false when the household was handed no sheet on this day */
    boolean takeBack(int district, long poll, long estate, long unit, LocalDate day) {
        return jdbc.sql("""
                        update ballot_roll set channel = null, paper_on = null
                        where district = ? and poll = ? and estate = ? and unit = ? and channel = 'paper' and paper_on = ?
                        """).params(district, poll, estate, unit, day).update() == 1;
    }

    /** A sheet of a group that the caller holds for itself. */
    Optional<Sheet> find(Boxes.Group group, String serial) {
        return jdbc.sql(SHEETS + "where s.district = ? and s.poll = ? and s.serial = ? and s.estate = ?")
                .params(group.district(), group.poll(), serial, group.estate())
                .query(this::sheet)
                .optional();
    }

    List<Sheet> blank(int district, long poll, long estate) {
        return of(district, poll, estate, "printed");
    }

    /** What waits for another reading, those that differ first. */
    List<Sheet> waiting(int district, long poll, long estate) {
        return of(district, poll, estate, "differs", "once");
    }

    private List<Sheet> of(int district, long poll, long estate, String... states) {
        return jdbc.sql(SHEETS + """
                        where s.district = ? and s.poll = ? and s.estate = ? and s.state = any(?) order by s.state, s.serial
                        """)
                .params(district, poll, estate, states)
                .query(this::sheet)
                .list();
    }

    private Sheet sheet(ResultSet row, int number) throws SQLException {
        return new Sheet(
                row.getInt("district"),
                row.getLong("poll"),
                row.getString("serial"),
                row.getLong("estate"),
                State.of(row.getString("state")),
                readings(row));
    }

    private static List<Reading> readings(ResultSet row) throws SQLException {
        var readings = new ArrayList<Reading>();
        if (row.getArray("marks") != null) {
            var people = (Long[]) row.getArray("people").getArray();
            var marks = (byte[][]) row.getArray("marks").getArray();
            for (var n = 0; n < people.length; n++) {
                readings.add(new Reading(people[n], marks[n]));
            }
        }
        return List.copyOf(readings);
    }

    void reading(Sheet sheet, long by, byte[] mark) {
        jdbc.sql("""
                insert into ballot_keying (district, poll, serial, look, keyed_by, mark) values (?, ?, ?, ?, ?, ?)
                """)
                .params(
                        sheet.district(),
                        sheet.poll(),
                        sheet.serial(),
                        sheet.readings().size() + 1,
                        by,
                        mark)
                .update();
    }

    /** @param sealed the answers in their cover, when it is settled */
    void move(Sheet sheet, State to, byte @Nullable [] sealed) {
        jdbc.sql("""
                update ballot_sheet set state = :state, sealed = :sealed, version = version + 1
                where district = :district and poll = :poll and serial = :serial
                """)
                .param("state", to.code())
                .param("sealed", sealed, java.sql.Types.BINARY)
                .param("district", sheet.district())
                .param("poll", sheet.poll())
                .param("serial", sheet.serial())
                .update();
    }

    private static byte[] place(Boxes.Group group, String serial) {
        return PollKeys.place("sheet " + serial, group);
    }

    static byte[] seal(PollSecret key, Boxes.Group group, String serial, String answers) {
        return key.seal(answers.getBytes(StandardCharsets.US_ASCII), place(group, serial));
    }

    static String open(PollSecret key, Boxes.Group group, String serial, byte[] sealed) {
        return new String(key.open(sealed, place(group, serial)), StandardCharsets.US_ASCII);
    }

    /** The covers of the sheets that count, by serial. */
    Map<String, byte[]> settled(Boxes.Group group) {
        record Settled(String serial, byte[] sealed) {}
        return jdbc
                .sql(
                        "select serial, sealed from ballot_sheet where district = ? and poll = ? and estate = ? and state = 'settled'")
                .params(group.district(), group.poll(), group.estate())
                .query((r, n) -> new Settled(r.getString(1), r.getBytes(2)))
                .list()
                .stream()
                .collect(Collectors.toMap(Settled::serial, Settled::sealed));
    }

    List<String> serials(Boxes.Group group) {
        return jdbc.sql("select serial from ballot_sheet where district = ? and poll = ? and estate = ?")
                .params(group.district(), group.poll(), group.estate())
                .query(String.class)
                .list();
    }

    /**
     * Ends the keying of a group that is counted: what has no two equal readings is spoilt, and all covers and readings are deleted.
     *
     * @return how many sheets came in and do not count
     */
    int close(Boxes.Group group) {
        jdbc.sql("""
                delete from ballot_keying k using ballot_sheet s
                where k.district = s.district and k.poll = s.poll and k.serial = s.serial
                  and s.district = ? and s.poll = ? and s.estate = ?
                """).params(group.district(), group.poll(), group.estate()).update();
        jdbc.sql("""
                update ballot_sheet set sealed = null, state = case when state = 'settled' then state else 'spoilt' end
                where district = ? and poll = ? and estate = ? and state in ('once', 'differs', 'settled')
                """).params(group.district(), group.poll(), group.estate()).update();
        return count("ballot_sheet where state = 'spoilt'", group.district(), group.poll(), group.estate());
    }
}
