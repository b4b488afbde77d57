package org.hemei.demo;

import java.time.Instant;
import java.time.LocalTime;
import java.util.List;
import java.util.Map;
import org.hemei.ballot.BallotBox;
import org.hemei.ballot.PollClock;
import org.hemei.ballot.PollPlan;
import org.hemei.ballot.Polls;
import org.hemei.ballot.Question;
import org.hemei.ballot.Question.Kind;
import org.hemei.ballot.Voter;
import org.hemei.platform.Reader;
import org.hemei.platform.crypto.FieldCipher;
import org.hemei.platform.time.CivilTime;
import org.hemei.platform.time.ToldTime;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Two polls at the showcase: one that was counted, and one that runs, in which the resident who signs in is drawn. */
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

    private final Polls polls;
    private final PollClock clock;
    private final BallotBox box;
    private final FieldCipher cipher;
    private final JdbcClient jdbc;

    BallotStories(Polls polls, PollClock clock, BallotBox box, FieldCipher cipher, JdbcClient jdbc) {
        this.polls = polls;
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
        });
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
                            Map.of(home.estate, units)));
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
