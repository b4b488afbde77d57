package org.hemei.ballot;

import java.io.ByteArrayInputStream;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.hemei.RoomThings;
import org.hemei.platform.Reader;
import org.hemei.platform.attachment.Attachments;
import org.hemei.testing.Pictures;
import org.hemei.testing.Town;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Polls of the near side's garden. */
@Component
public class BallotThings implements RoomThings {

    static final List<Question> QUESTIONS =
            List.of(new Question(Question.Kind.GRADE, "保洁怎么样？"), new Question(Question.Kind.YES_NO, "公示过收支吗？"));

    private final Polls polls;
    private final SheetDesk desk;
    private final PollClock clock;
    private final InstantSource now;
    private final BallotBox box;
    private final Attachments attachments;
    private final JdbcClient jdbc;
    private String serial = "";

    BallotThings(
            Polls polls,
            SheetDesk desk,
            PollClock clock,
            InstantSource now,
            BallotBox box,
            Attachments attachments,
            JdbcClient jdbc) {
        this.attachments = attachments;
        this.polls = polls;
        this.desk = desk;
        this.clock = clock;
        this.now = now;
        this.box = box;
        this.jdbc = jdbc;
    }

    @Override
    public Optional<String> thing(String name, Town town, @Nullable Reader caller) {
        return switch (name) {
            case "$poll" ->
                Optional.of(String.valueOf(
                        open(town.near(), town.near().unit(), town.near().emptyUnit())));
            case "$poll.paper" -> Optional.of(String.valueOf(paper(town)));
            case "$serial" -> Optional.of(serial);
            case "$scan" ->
                Optional.of(scan(town.near(), caller == null ? town.near().communityDesk() : caller)
                        .toString());
            case "$poll.stuck" -> Optional.of(String.valueOf(stuck(town.near())));
            case "$poll.counted" -> Optional.of(String.valueOf(counted(town)));
            default -> Optional.empty();
        };
    }

    public PollPlan plan(Town.Side side, Long... units) {
        return plan(side, Map.of(side.garden(), List.of(units)));
    }

    PollPlan plan(Town.Side side, Map<Long, List<Long>> groups) {
        return plan(side, groups, false);
    }

    /** One whose answers are told later. */
    PollPlan withheld(Town.Side side, Long... units) {
        return plan(side, Map.of(side.garden(), List.of(units)), true);
    }

    private PollPlan plan(Town.Side side, Map<Long, List<Long>> groups, boolean withheld) {
        var start = now.instant();
        return new PollPlan(
                "test:" + UUID.randomUUID(),
                "试和美花园物业测评",
                "街道请第三方来问。答案只合起来算，物业看不到是谁。",
                String.valueOf(side.district()),
                start,
                start.plus(Duration.ofDays(7)),
                QUESTIONS,
                groups,
                withheld);
    }

    /** Of lines, in hex. */
    public static String root(List<String> lines) {
        return java.util.HexFormat.of().formatHex(MerkleTree.root(lines));
    }

    /** A poll that takes ballots. */
    public long open(Town.Side side, Long... units) {
        var id = polls.plan(side.districtDesk(), plan(side, units));
        clock.run(id);
        return id;
    }

    /** A picture of a sheet that its reader has just sent. */
    UUID scan(Town.Side side, Reader reader) {
        return attachments.store(
                reader,
                side.district(),
                new ByteArrayInputStream(Pictures.of("png", 20, 20)),
                "票.png",
                Attachments.Purpose.PHOTO);
    }

    /** A household takes a sheet. */
    public void handOut(Town.Side side, long poll, long unit) {
        desk.print(side.communityDesk(), poll, side.garden(), 1);
        desk.handOut(side.communityDesk(), poll, side.garden(), unit);
    }

    /** A poll with a printed sheet, whose number is $serial, and a household that took one. */
    private long paper(Town town) {
        var near = town.near();
        var id = open(near, near.unit(), near.emptyUnit());
        desk.print(near.communityDesk(), id, near.garden(), 1);
        desk.handOut(near.communityDesk(), id, near.garden(), near.unit());
        serial =
                desk.toPrint(near.communityDesk(), id, near.garden()).getFirst().serial();
        return id;
    }

    /** A household's ballot, as its browser makes it. */
    public void cast(Town.Side side, long poll, long unit, String answers) {
        var voter = new Voter(box.key(poll, side.garden()));
        var signature = voter.unblind(box.sign(side.resident(), poll, unit, BallotBox.Channel.PHONE, voter.blinded()));
        box.cast(poll, side.garden(), voter.message(), signature, voter.secret(), answers);
    }

    /** A closed poll with a ballot that somebody altered who holds the database. */
    public long stuck(Town.Side side) {
        var id = open(side, side.unit(), side.emptyUnit());
        cast(side, id, side.unit(), "5y");
        alter(id);
        polls.close(side.districtDesk(), id);
        clock.run(id);
        return id;
    }

    public void alter(long poll) {
        jdbc.sql("update ballot_box set sealed = sealed || '\\x00' where poll = ?")
                .param(poll)
                .update();
    }

    public long counted(Town town) {
        var id = open(town.near(), town.near().unit());
        polls.close(town.near().districtDesk(), id);
        clock.run(id);
        return id;
    }
}
