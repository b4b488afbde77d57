package org.hemei.ballot;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Sheets and their readings. */
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

    record Reading(long by, String answers) {}

    record Sheet(int district, long poll, String serial, long estate, State state, List<Reading> readings) {}

    /** An estate of a poll, for whoever works there. */
    record Place(int district, String community, String name, int eligible) {}

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

    Optional<Sheet> lock(int district, long poll, String serial) {
        return jdbc.sql("select * from ballot_sheet where district = ? and poll = ? and serial = ? for update")
                .params(district, poll, serial)
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
        return jdbc.sql("""
                        select * from ballot_sheet where district = ? and poll = ? and estate = ? and state = any(?)
                        order by state, serial
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
                readings(row.getInt("district"), row.getLong("poll"), row.getString("serial")));
    }

    private List<Reading> readings(int district, long poll, String serial) {
        return jdbc.sql("""
                        select keyed_by, answers from ballot_keying where district = ? and poll = ? and serial = ? order by look
                        """)
                .params(district, poll, serial)
                .query((r, n) -> new Reading(r.getLong(1), r.getString(2)))
                .list();
    }

    void reading(Sheet sheet, long by, String answers) {
        jdbc.sql("""
                insert into ballot_keying (district, poll, serial, look, keyed_by, answers) values (?, ?, ?, ?, ?, ?)
                """)
                .params(
                        sheet.district(),
                        sheet.poll(),
                        sheet.serial(),
                        sheet.readings().size() + 1,
                        by,
                        answers)
                .update();
    }

    void move(Sheet sheet, State to, @Nullable String answers) {
        jdbc.sql("""
                update ballot_sheet set state = :state, answers = :answers, version = version + 1
                where district = :district and poll = :poll and serial = :serial
                """)
                .param("state", to.code())
                .param("answers", answers, java.sql.Types.VARCHAR)
                .param("district", sheet.district())
                .param("poll", sheet.poll())
                .param("serial", sheet.serial())
                .update();
    }
}
