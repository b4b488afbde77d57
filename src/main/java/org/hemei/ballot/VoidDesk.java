package org.hemei.ballot;

import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.hemei.access.Role;
import org.hemei.platform.Missing;
import org.hemei.platform.Reader;
import org.hemei.platform.Refusal;
import org.hemei.platform.Stale;
import org.hemei.platform.log.Audit;
import org.hemei.platform.log.EventLog;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * Gives up boxes that do not open, since a poll that waited for them would never end: what was altered cannot be told from what was not,
 * so none of that estate's ballots count (decision 55). Only what cannot be counted can be given up, and each box is tried once more
 * before: nobody does away with a result they could have had.
 */
@Service
public class VoidDesk {

    /** Those who answer for a poll of their area. */
    static final Role[] ROLES = {Role.HOUSING, Role.DISTRICT, Role.CITY};

    private static final int LONGEST = 300;
    private static final int MOST = 50;

    /** A box that does not open. @param lies what lies in it, on screens and sheets; shut: what of it does not open */
    record Stuck(long estate, String name, int lies, int shut) {}

    private final PollStore store;
    private final Boxes boxes;
    private final Counting counting;
    private final Keyers keyers;
    private final JdbcClient jdbc;
    private final Audit audit;
    private final EventLog events;
    private final InstantSource clock;

    VoidDesk(
            PollStore store,
            Boxes boxes,
            Counting counting,
            Keyers keyers,
            JdbcClient jdbc,
            Audit audit,
            EventLog events,
            InstantSource clock) {
        this.store = store;
        this.boxes = boxes;
        this.counting = counting;
        this.keyers = keyers;
        this.jdbc = jdbc;
        this.audit = audit;
        this.events = events;
        this.clock = clock;
    }

    /** Whether this reader answers for the poll. */
    static boolean may(Reader reader, Poll poll) {
        return reader.scope(ROLES).covers(poll.area());
    }

    Poll poll(Reader reader, long id) {
        return store.find(id).filter(poll -> may(reader, poll)).orElseThrow(() -> new Missing("没有这次投票，或它不归您管。"));
    }

    /** The first of them, each looked into now. */
    List<Stuck> stuck(Poll poll) {
        return boxes.all(poll.id()).stream()
                .filter(Boxes.Group::stuck)
                .limit(MOST)
                .map(group -> {
                    var box = counting.look(group);
                    return new Stuck(group.estate(), name(group.estate()), box.lies(), box.shut());
                })
                .toList();
    }

    int count(Poll poll) {
        return (int) boxes.all(poll.id()).stream().filter(Boxes.Group::stuck).count();
    }

    private String name(long estate) {
        return jdbc.sql("select name from estate where id = ?")
                .param(estate)
                .query(String.class)
                .single();
    }

    /** @return how many boxes were given up; those that open after all are counted by the clock */
    @Transactional
    public int giveUp(Reader reader, long id, int version, String reason) {
        poll(reader, id);
        var poll = store.lock(id).orElseThrow();
        if (poll.version() != version) {
            throw new Stale("点票的时钟", "又试过这次的票箱", clock.instant());
        }
        if (reason.isBlank() || reason.length() > LONGEST) {
            throw Refusal.of("reason", "请写为什么作废、查到了什么，300 字以内，谁都看得到。");
        }
        var stuck = boxes.all(id).stream().filter(Boxes.Group::stuck).toList();
        if (poll.state() != PollState.CLOSED || stuck.isEmpty()) {
            throw Refusal.of("没有打不开的票箱，不用作废。");
        }
        stuck.stream()
                .map(group -> keyers.against(reader, id, group.estate()))
                .filter(Objects::nonNull)
                .findFirst()
                .ifPresent(against -> {
                    throw Refusal.of(against);
                });
        var given = (int) stuck.stream()
                .filter(group -> giveUp(reader, poll, group, reason.strip()))
                .count();
        if (given == 0) {
            throw Refusal.of("票箱现在又能打开了，会照常点票，不用作废。");
        }
        store.touch(poll);
        return given;
    }

    private boolean giveUp(Reader reader, Poll poll, Boxes.Group known, String reason) {
        var group = boxes.seize(known.district(), known.poll(), known.estate())
                .filter(Boxes.Group::stuck)
                .orElse(null);
        var box = group == null ? new Counting.Box(0, 0) : counting.look(group);
        if (group == null || box.shut() == 0) {
            return false;
        }
        counting.empty(group);
        boxes.voided(group, reason, reader.account(), clock.instant());
        audit.record(
                reader,
                group.district(),
                "poll.voided",
                "poll",
                poll.id(),
                poll.area(),
                Map.of("estate", group.estate(), "lay", box.lies(), "shut", box.shut()));
        events.announce(
                group.district(),
                "poll.voided",
                poll.id(),
                Map.of("purpose", poll.purpose(), "estate", group.estate(), "actor", reader.account()));
        return true;
    }
}
