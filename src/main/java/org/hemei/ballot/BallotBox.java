package org.hemei.ballot;

import java.time.InstantSource;
import java.util.Arrays;
import java.util.Optional;
import org.hemei.platform.Missing;
import org.hemei.platform.Reader;
import org.hemei.platform.Refusal;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * The two halves of casting, which know nothing of each other: a household on the roll has a number signed that the signer
 * cannot see, and whoever shows a signed number puts one ballot into the box. The protocol and its limits: decision 43.
 */
@Service
public class BallotBox {

    /** A way to a ballot that begins with a blind signature. */
    public enum Channel {
        PHONE,
        /** On the assessor's screen, at the household's door. */
        FACE;

        String code() {
            return name().toLowerCase(java.util.Locale.ROOT);
        }
    }

    /** What a refusal is about that came because the poll is closed. */
    static final String LATE = "late";

    private final PollStore store;
    private final Boxes boxes;
    private final PollKeys keys;
    private final JdbcClient jdbc;
    private final InstantSource clock;

    BallotBox(PollStore store, Boxes boxes, PollKeys keys, JdbcClient jdbc, InstantSource clock) {
        this.store = store;
        this.boxes = boxes;
        this.keys = keys;
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /** The public key of a group. */
    public byte[] key(long poll, long estate) {
        var group = boxes.find(poll, estate).orElseThrow(BallotBox::none);
        if (group.modulus() == null) {
            throw Refusal.of("投票还没开始。");
        }
        return group.modulus();
    }

    static Missing none() {
        return new Missing("没有这次投票，或这个小区不在里面。");
    }

    /**
     * Signs what a household sent blinded, once. Asked again with the same, the same is answered: the connection may have broken.
     * The caller has checked that the reader may ask for this unit.
     *
     * @param blinded the blinded message; it tells nothing of the number under it
     */
    @Transactional
    public byte[] sign(Reader reader, long pollId, long unit, Channel channel, byte[] blinded) {
        var poll = open(pollId);
        var entry = store.entry(pollId, unit).orElseThrow(BallotBox::none);
        var group = boxes.hold(entry.district(), pollId, entry.estate())
                .filter(Boxes.Group::casting)
                .orElseThrow(BallotBox::late);
        if (group.modulus() == null || !BlindRsa.canBeSigned(group.modulus(), blinded)) {
            throw Refusal.of("选票没领成，请重新打开再试。");
        }
        var digest = MerkleTree.sha256(blinded);
        if (!store.take(entry.district(), poll.id(), unit, channel.code(), digest) && !again(pollId, unit, digest)) {
            throw had(store.entry(pollId, unit).orElseThrow().channel());
        }
        return keys.sign(group, blinded);
    }

    private boolean again(long poll, long unit, byte[] digest) {
        return Arrays.equals(store.entry(poll, unit).orElseThrow().blinded(), digest);
    }

    static Refusal had(@Nullable String channel) {
        return Refusal.of(
                switch (String.valueOf(channel)) {
                    case "paper" -> "您家已经领了纸质选票。一户一票，请填那一张。";
                    case "face" -> "您家已经在测评员那里投过了。一户一票。";
                    default -> "您家已经领过选票了。一户一票，请用领票的那部手机投。";
                });
    }

    private Poll open(long id) {
        var poll = store.find(id).orElseThrow(BallotBox::none);
        if (poll.state() == PollState.PLANNED) {
            throw Refusal.of("投票还没开始。");
        }
        if (!poll.takes(clock.instant())) {
            throw late();
        }
        return poll;
    }

    private static Refusal late() {
        return Refusal.of(LATE, "已经截止，不收票了。");
    }

    /**
     * Puts a ballot into the box. Nobody is named here, and nothing but the signature is asked for. The same ballot sent again is
     * in the box once.
     *
     * @param message the number with its random prefix, {@value BlindRsa#MESSAGE} bytes
     * @param secret the voter's own random number, from which the receipt comes
     * @return the receipt: under what the ballot stands in the published list
     */
    @Transactional
    public byte[] cast(long pollId, long estate, byte[] message, byte[] signature, byte[] secret, String answers) {
        var poll = open(pollId);
        var known = boxes.find(pollId, estate).orElseThrow(BallotBox::none);
        var group = boxes.hold(known.district(), pollId, estate)
                .filter(Boxes.Group::casting)
                .orElseThrow(BallotBox::late);
        if (group.modulus() == null
                || message.length != BlindRsa.MESSAGE
                || !BlindRsa.verify(group.modulus(), message, signature)) {
            throw Refusal.of("这不是这个小区领出去的选票。");
        }
        if (secret.length != Cast.SECRET || !poll.fits(answers)) {
            throw Refusal.of("有的题还没选。请每题选一个。");
        }
        var receipt = Counting.commitment(pollId, estate, secret, answers);
        put(group, keys.secret(pollId), message, receipt, new Cast(secret, answers));
        return receipt;
    }

    /**
     * A receipt is in the box once: two ballots with one would be one line in the list, and each voter would take the line for their
     * own. It happens only to whoever took over somebody else's secret number.
     */
    private void put(Boxes.Group group, PollSecret key, byte[] message, byte[] receipt, Cast cast) {
        var place = PollKeys.place("ballot", group);
        var mark = key.mark(message);
        var fresh = jdbc.sql("""
                        insert into ballot_box (district, poll, estate, mark, receipt_mark, sealed) values (?, ?, ?, ?, ?, ?)
                        on conflict do nothing
                        """)
                .params(
                        group.district(),
                        group.poll(),
                        group.estate(),
                        mark,
                        key.receiptMark(receipt),
                        key.seal(cast.bytes(), place))
                .update();
        if (fresh == 1) {
            return;
        }
        var cover = cover(group, mark).orElseThrow(() -> Refusal.of("回执号和别的票撞上了，这张没投进去。请再点一次“投票”。"));
        if (!Arrays.equals(key.open(cover, place), cast.bytes())) {
            throw Refusal.of("这张选票已经投过了，答案不能再改。");
        }
    }

    /** What was cast with a token. */
    private Optional<byte[]> cover(Boxes.Group group, byte[] mark) {
        return jdbc.sql("select sealed from ballot_box where district = ? and poll = ? and mark = ?")
                .params(group.district(), group.poll(), mark)
                .query(byte[].class)
                .optional();
    }
}
