package org.hemei.demo;

import java.sql.Timestamp;
import java.time.Instant;
import java.time.LocalTime;
import java.util.List;
import java.util.Map;
import org.hemei.access.Readers;
import org.hemei.ballot.BallotBox;
import org.hemei.ballot.PollClock;
import org.hemei.ballot.PollPlan;
import org.hemei.ballot.Polls;
import org.hemei.ballot.Question;
import org.hemei.ballot.Question.Kind;
import org.hemei.ballot.VoidDesk;
import org.hemei.ballot.Voter;
import org.hemei.platform.Reader;
import org.hemei.platform.crypto.FieldCipher;
import org.hemei.platform.time.CivilTime;
import org.hemei.platform.time.ToldTime;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Two polls at the showcase: one that was counted, and one that runs, in which the resident who signs in is drawn. And one next door
 * whose box was spoilt: given up with its reason, and its households asked once more (decisions 55 and 63).
 */
@Component
class BallotStories {

    private static final String RESIDENT = "19900010001";
    private static final String PURPOSE = "demo:";
    private static final String ABOUT = "街道请第三方来问。答案只合起来算，物业看不到是谁家。示例数据。";
    private static final int DRAWN = 60;
    private static final int CAST = 47;
    private static final int CAST_SO_FAR = 11;

    private static final List<Question> QUESTIONS = List.of(
            new Question(Kind.GRADE, "楼道和院子打扫得怎么样？"),
            new Question(Kind.GRADE, "报修来得快不快？"),
            new Question(Kind.GRADE, "门岗和夜里的巡逻怎么样？"),
            new Question(Kind.GRADE, "停车管得怎么样？"),
            new Question(Kind.YES_NO, "这一年公示过收支吗？"),
            new Question(Kind.GRADE, "总的说，您满意吗？"));

    /** Answers as they come, over and over; the first question is what people are happiest with. */
    private static final List<String> ANSWERS = List.of(
            "5434y4", "4444y4", "5543y5", "3242n3", "4430y4", "5555y5", "4324n3", "2121n2", "543004", "4534y4",
            "334203");

    private static final String SPOILT = "楼道保洁满意度";
    private static final String REASON = "示例：点票前核对，票箱里有票被改动过，打不开，也查不出是谁改的。这一次的票都不算，这些住户再投一次。";
    private static final int SPOILT_DRAWN = 16;
    private static final int SPOILT_CAST = 9;
    private static final int AGAIN_CAST = 12;

    private final Polls polls;
    private final VoidDesk voids;
    private final Readers readers;
    private final PollClock clock;
    private final BallotBox box;
    private final FieldCipher cipher;
    private final JdbcClient jdbc;

    BallotStories(
            Polls polls,
            VoidDesk voids,
            Readers readers,
            PollClock clock,
            BallotBox box,
            FieldCipher cipher,
            JdbcClient jdbc) {
        this.polls = polls;
        this.voids = voids;
        this.readers = readers;
        this.clock = clock;
        this.box = box;
        this.cipher = cipher;
        this.jdbc = jdbc;
    }

    private record Home(long estate, long unit) {}

    void tell(Instant now) {
        var home = jdbc.sql("""
                        select g.estate, g.unit from access_grant g
                                 join account a on a.id = g.account join person p on p.id = a.person
                        where g.role = 'RESIDENT' and p.phone_index = ? order by g.id limit 1
                        """)
                .param(cipher.blindIndex(RESIDENT))
                .query((r, n) -> new Home(r.getLong(1), r.getLong(2)))
                .optional();
        home.ifPresent(place -> {
            tell(place, "上半年物业服务测评", at(now, -40, 9), at(now, -12, 18), CAST, now);
            tell(place, "下半年物业服务测评", at(now, -3, 9), at(now, 11, 18), CAST_SO_FAR, now);
            spoilt(place, now);
        });
    }

    /** Somebody changes the box in the database before it is counted; the city's housing authority gives it up and asks once more. */
    private void spoilt(Home home, Instant now) {
        if (polls.of(PURPOSE + SPOILT).isPresent()) {
            return;
        }
        var keeper = readers.of(jdbc.sql("select id from account where username = 'fangguan'")
                        .query(Long.class)
                        .single())
                .orElseThrow();
        var units = nextDoor(home);
        var estate = units.getFirst().estate;
        var id = new long[2];
        ToldTime.at(at(now, -60, 9), () -> {
            id[0] = polls.plan(
                    Reader.VISITOR,
                    new PollPlan(
                            PURPOSE + SPOILT,
                            SPOILT,
                            ABOUT,
                            "340111",
                            at(now, -60, 9),
                            at(now, -50, 18),
                            QUESTIONS.subList(0, 1),
                            Map.of(estate, units.stream().map(Home::unit).toList()),
                            false));
            clock.run(id[0]);
            units.stream().limit(SPOILT_CAST).forEach(one -> cast(id[0], estate, one.unit, "4", false));
        });
        jdbc.sql("update ballot_box set sealed = sealed || '\\x00' where poll = ?")
                .param(id[0])
                .update();
        // a count that fails would take the whole city with it: what the clock writes down then is written here
        ToldTime.at(at(now, -50, 18), () -> polls.close(Reader.VISITOR, id[0]));
        jdbc.sql("update poll_group set stuck_at = ? where poll = ?")
                .params(Timestamp.from(at(now, -50, 19)), id[0])
                .update();
        ToldTime.at(
                at(now, -48, 10),
                () -> voids.giveUp(
                        keeper, id[0], polls.find(id[0]).orElseThrow().version(), REASON));
        ToldTime.at(at(now, -48, 11), () -> clock.run(id[0]));
        ToldTime.at(at(now, -30, 9), () -> {
            id[1] = polls.again(keeper, id[0], at(now, -30, 9), at(now, -20, 18));
            clock.run(id[1]);
            for (int n = 0; n < AGAIN_CAST; n++) {
                cast(
                        id[1],
                        estate,
                        units.get(n).unit,
                        ANSWERS.get(n % ANSWERS.size()).substring(0, 1),
                        false);
            }
        });
        ToldTime.at(at(now, -20, 18), () -> clock.run(id[1]));
    }

    /** Some households of the first other estate of the district whose dwellings are known. */
    private List<Home> nextDoor(Home home) {
        return jdbc.sql("""
                        select u.estate, u.id as unit from unit u
                        where u.estate = (select e.id from estate e
                                          where e.district = 340111 and e.id <> :estate
                                            and (select count(*) from unit x where x.estate = e.id) >= :drawn
                                          order by e.id limit 1)
                        order by u.id limit :drawn
                        """)
                .param("estate", home.estate)
                .param("drawn", SPOILT_DRAWN)
                .query(Home.class)
                .list();
    }

    /** A full hour, so many days from today. */
    private static Instant at(Instant now, int days, int hour) {
        return CivilTime.at(CivilTime.date(now).plusDays(days), LocalTime.of(hour, 0));
    }

    private void tell(Home home, String title, Instant opens, Instant closes, int cast, Instant now) {
        if (polls.of(PURPOSE + title).isPresent()) {
            return;
        }
        var units = drawn(home);
        var id = new long[1];
        ToldTime.at(opens, () -> {
            id[0] = polls.plan(
                    Reader.VISITOR,
                    new PollPlan(
                            PURPOSE + title,
                            title,
                            ABOUT,
                            "340111",
                            opens,
                            closes,
                            QUESTIONS,
                            Map.of(home.estate, units),
                            false));
            clock.run(id[0]);
            for (int n = 0; n < cast; n++) {
                cast(id[0], home.estate, units.get(n + 1), ANSWERS.get(n % ANSWERS.size()), n % 7 == 3);
            }
        });
        if (closes.isBefore(now)) {
            ToldTime.at(closes, () -> clock.run(id[0]));
        }
    }

    /** The resident's home first, then others of the estate. */
    private List<Long> drawn(Home home) {
        return jdbc.sql("""
                        select id from (
                            select id, row_number() over (order by id) as n, count(*) over () as of from unit where estate = :estate) u
                        where id = :unit or n % greatest(of / :drawn, 1) = 0
                        order by id <> :unit, id limit :drawn
                        """)
                .param("estate", home.estate)
                .param("unit", home.unit)
                .param("drawn", DRAWN)
                .query(Long.class)
                .list();
    }

    private void cast(long poll, long estate, long unit, String answers, boolean atTheDoor) {
        var voter = new Voter(box.key(poll, estate));
        var way = atTheDoor ? BallotBox.Channel.FACE : BallotBox.Channel.PHONE;
        var signature = voter.unblind(box.sign(Reader.VISITOR, poll, unit, way, voter.blinded()));
        box.cast(poll, estate, voter.message(), signature, voter.secret(), answers);
    }
}
