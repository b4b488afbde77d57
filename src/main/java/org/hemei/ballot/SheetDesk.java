package org.hemei.ballot;

import java.time.InstantSource;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.hemei.platform.Reader;
import org.hemei.platform.Refusal;
import org.hemei.platform.log.Audit;
import org.hemei.platform.log.EventLog;
import org.hemei.platform.time.CivilTime;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * Paper: the way without script. Numbered sheets are printed for an estate; a household that takes one is marked on the roll,
 * any sheet is as good as any other and nobody notes which. What comes back is keyed by two people who do not see each other's
 * reading; where they differ a third decides between them.
 */
@Service
class SheetDesk {

    /** Sheets get lost and spoilt; more than these are printed for no estate. */
    private static final int SPARE = 2;

    private static final int LONGEST = 100;

    private final PollStore store;
    private final Boxes boxes;
    private final PaperSheets sheets;
    private final Keyers keyers;
    private final PollKeys keys;
    private final Scans scans;
    private final Audit audit;
    private final EventLog events;
    private final InstantSource clock;

    SheetDesk(
            PollStore store,
            Boxes boxes,
            PaperSheets sheets,
            Keyers keyers,
            PollKeys keys,
            Scans scans,
            Audit audit,
            EventLog events,
            InstantSource clock) {
        this.store = store;
        this.boxes = boxes;
        this.sheets = sheets;
        this.keyers = keyers;
        this.keys = keys;
        this.scans = scans;
        this.audit = audit;
        this.events = events;
        this.clock = clock;
    }

    /** A household that was marked without a sheet could not cast at all. */
    static final String NONE_LEFT = "没有编了号、还没发的纸票。先编号、打印，再发。";

    /** Marks on the roll that a household takes a sheet. It cannot cast in another way from here on. */
    @Transactional
    void handOut(Reader reader, long pollId, long estate, long unit) {
        var place = keyers.place(reader, pollId, estate);
        open(pollId);
        var entry = store.entry(pollId, unit)
                .filter(one -> one.estate() == estate)
                .orElseThrow(() -> Refusal.of("unit", "请选名册上的一户。"));
        if (boxes.hold(entry.district(), pollId, estate)
                .filter(Boxes.Group::casting)
                .isEmpty()) {
            throw Refusal.of("已经截止，不发票了。");
        }
        if (sheets.handedOut(entry.district(), pollId, estate) >= sheets.printed(entry.district(), pollId, estate)) {
            throw Refusal.of(NONE_LEFT);
        }
        if (!sheets.handOut(entry.district(), pollId, unit, today())) {
            throw Refusal.of(
                    "unit",
                    "这家已经有票了（"
                            + DeskPages.channel(
                                    store.entry(pollId, unit).orElseThrow().channel()) + "）。一户一票。");
        }
        record(reader, place, pollId, "ballot.handed_out", Map.of("estate", estate, "unit", unit));
    }

    /**
     * The wrong door was chosen: its line is free again, as if nothing had been handed out. Only on the same day, and only while
     * no sheet of the estate was read: nobody can tell whose it was, and that household would have two ballots.
     */
    @Transactional
    void takeBack(Reader reader, long pollId, long estate, long unit, String reason) {
        var place = keyers.place(reader, pollId, estate);
        // alone: nobody reads a sheet while it is decided that one is still out
        var group = boxes.seize(place.district(), pollId, estate).orElseThrow(BallotBox::none);
        open(pollId);
        if (!group.casting()) {
            throw Refusal.of("已经截止，不能退了。");
        }
        if (reason.isBlank() || reason.length() > LONGEST) {
            throw Refusal.of("reason", "请写为什么退，如：选错了户，100 字以内。");
        }
        if (sheets.keyed(group.district(), pollId, estate) > 0) {
            throw Refusal.of("back", "这个小区已经录过纸票，分不清录的是不是这户的，不能再退。");
        }
        if (!sheets.takeBack(group.district(), pollId, estate, unit, today())) {
            throw Refusal.of("back", "请选今天登记领票的一户。过了今天不能退。");
        }
        record(
                reader,
                place,
                pollId,
                "ballot.taken_back",
                Map.of("estate", estate, "unit", unit, "reason", reason.strip()));
    }

    /** Written down, and told to the household: it is its line. */
    private void record(
            Reader reader, PaperSheets.Place place, long poll, String what, Map<String, ? extends Object> detail) {
        audit.record(reader, place.district(), what, "poll", poll, place.community(), detail);
        events.announce(place.district(), what, poll, detail);
    }

    private LocalDate today() {
        return CivilTime.date(clock.instant());
    }

    /** Makes numbers for sheets to be printed. */
    @Transactional
    void print(Reader reader, long pollId, long estate, int count) {
        var place = keyers.place(reader, pollId, estate);
        var group = boxes.seize(place.district(), pollId, estate).orElseThrow(BallotBox::none);
        open(pollId);
        var most = place.eligible() * SPARE - sheets.printed(group.district(), pollId, estate);
        if (count < 1 || count > most) {
            throw Refusal.of("count", most < 1 ? "已经印够了，是抽中户数的两倍。" : "最多还能印 " + most + " 张。");
        }
        var serials = new LinkedHashSet<String>();
        while (serials.size() < count) {
            serials.add(Serial.make());
        }
        sheets.insert(place.district(), pollId, estate, serials);
        audit.record(
                reader,
                place.district(),
                "ballot.sheets_printed",
                "poll",
                pollId,
                place.community(),
                Map.of("estate", estate, "count", count));
    }

    /**
     * One reading of a sheet.
     *
     * @return what follows from it
     */
    @Transactional
    PaperSheets.State key(
            Reader reader, long pollId, long estate, String typed, String answers, Collection<UUID> pictures) {
        var place = keyers.place(reader, pollId, estate);
        var group = boxes.seize(place.district(), pollId, estate).orElseThrow(BallotBox::none);
        var poll = store.find(pollId).orElseThrow(BallotBox::none);
        if (poll.state() != PollState.OPEN && poll.state() != PollState.CLOSED) {
            throw Refusal.of("投票是“" + poll.state().words() + "”，不能录。");
        }
        if (group.over()) {
            throw Refusal.of(group.voided() ? "这个小区的票作废了，不用再录。" : "这个小区已经点完了，不能再录。这张没有算。");
        }
        var serial = Serial.read(typed);
        if (serial == null) {
            throw Refusal.of("serial", "编号不对，请对着票再看一遍：12 位，没有字母 I、L、O、U。");
        }
        var sheet = sheets.find(group, serial).orElseThrow(() -> Refusal.of("serial", "这个小区没有印过这个编号。"));
        if (!poll.fits(answers)) {
            throw Refusal.of("有的题还没选。票上没勾的选“不了解”。");
        }
        var key = keys.secret(pollId);
        var mark = key.readingMark(serial, answers);
        var state = next(reader, sheet, mark);
        if (state == PaperSheets.State.ONCE && pictures.isEmpty()) {
            throw Refusal.of("photos", "第一遍要附扫描件：拍清编号和答案。两遍不一样的时候，第三个人照着它定。");
        }
        sheets.reading(sheet, reader.account(), mark);
        var settled = state == PaperSheets.State.SETTLED;
        sheets.move(sheet, state, settled ? PaperSheets.seal(key, group, serial, answers) : null);
        scans.keep(sheet, pictures, reader);
        audit.record(
                reader,
                place.district(),
                "ballot.sheet_keyed",
                "poll",
                pollId,
                place.community(),
                Map.of("serial", serial, "look", sheet.readings().size() + 1));
        return state;
    }

    /** The caller holds the group for itself, so no two people count the same sheets at once. */
    private PaperSheets.State next(Reader reader, PaperSheets.Sheet sheet, byte[] mark) {
        if (sheet.readings().stream().anyMatch(one -> one.by() == reader.account())) {
            throw Refusal.of("serial", "这张您录过了。要由另一个人再录一遍。");
        }
        var equal = sheet.readings().stream().anyMatch(one -> Arrays.equals(one.mark(), mark));
        return switch (sheet.state()) {
            case PRINTED -> {
                if (sheets.keyed(sheet.district(), sheet.poll(), sheet.estate())
                        >= sheets.handedOut(sheet.district(), sheet.poll(), sheet.estate())) {
                    throw Refusal.of("serial", "录的张数不能比领纸票的户数多。先登记是哪户领的。");
                }
                yield PaperSheets.State.ONCE;
            }
            case ONCE -> equal ? PaperSheets.State.SETTLED : PaperSheets.State.DIFFERS;
            case DIFFERS -> equal ? PaperSheets.State.SETTLED : PaperSheets.State.SPOILT;
            case SETTLED, SPOILT -> throw Refusal.of("serial", "这张已经录完了。");
        };
    }

    private void open(long id) {
        if (!store.find(id).orElseThrow(BallotBox::none).takes(clock.instant())) {
            throw Refusal.of("现在不在投票时间里。");
        }
    }

    /** Sheets that were printed and not keyed yet. */
    List<PaperSheets.Sheet> toPrint(Reader reader, long poll, long estate) {
        var place = keyers.place(reader, poll, estate);
        return sheets.blank(place.district(), poll, estate);
    }
}
