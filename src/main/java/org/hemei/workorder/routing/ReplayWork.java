package org.hemei.workorder.routing;

import java.time.InstantSource;
import java.util.Map;
import org.hemei.platform.Reader;
import org.hemei.platform.Refusal;
import org.hemei.platform.job.BackgroundWork;
import org.hemei.platform.job.Job;
import org.hemei.platform.job.Jobs;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;
import tools.jackson.databind.json.JsonMapper;

/** Replays a set of changes: at once when there are few orders to look at, behind the pages when there are many. */
@Component
class ReplayWork implements BackgroundWork {

    static final String KIND = "routing-replay";
    private static final long AT_ONCE = 30_000;

    private final Drafts drafts;
    private final DraftDesk desk;
    private final Replay replay;
    private final Jobs jobs;
    private final InstantSource clock;
    private final JsonMapper json;

    ReplayWork(Drafts drafts, DraftDesk desk, Replay replay, Jobs jobs, InstantSource clock, JsonMapper json) {
        this.drafts = drafts;
        this.desk = desk;
        this.replay = replay;
        this.jobs = jobs;
        this.clock = clock;
        this.json = json;
    }

    @Override
    public String kind() {
        return KIND;
    }

    /** @return the background run to look at; null when it is already done */
    @Transactional
    public @Nullable Long start(Reader reader, long id, int version) {
        var draft = desk.hold(reader, id, version);
        if (!draft.open() || draft.lines() == 0) {
            throw Refusal.of("这批里还没有改动，没有可重放的。先加一条。");
        }
        if (replay.size(draft.area()) > AT_ONCE) {
            return jobs.start(
                    reader,
                    KIND,
                    "重放派单规则",
                    Map.of("draft", String.valueOf(id), "version", String.valueOf(version), "area", draft.area()),
                    "/routing/drafts/" + id);
        }
        run(id, version, draft.area(), done -> {});
        return null;
    }

    private Replay.Result run(long id, int version, String area, java.util.function.LongConsumer progress) {
        var at = clock.instant();
        var sides = drafts.sides(drafts.today().plusDays(1), drafts.lines(id));
        var result = replay.run(area, sides, progress);
        desk.keep(id, version, json.writeValueAsString(result), at);
        return result;
    }

    @Override
    public Outcome run(Job job) {
        var area = job.input("area");
        job.begin(replay.size(area), "正在看最近 30 天的工单");
        var seen = new long[1];
        var result = run(Long.parseLong(job.input("draft")), Integer.parseInt(job.input("version")), area, done -> {
            job.advance(done - seen[0]);
            seen[0] = done;
        });
        return new Outcome("看了 " + result.orders() + " 件，" + result.moved() + " 件会换单位，" + result.paced() + " 件会换时限。");
    }
}
