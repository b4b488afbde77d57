package org.hemei.evaluation.listing;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.UUID;
import org.hemei.platform.Reader;
import org.hemei.platform.Refusal;
import org.hemei.platform.time.CivilTime;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * 不予告知: a proposal that makes no sense, since its company is no more or merged (decision 49 leaves it to the bureau to weigh), ends without
 * a notice to nobody. One says why, another agrees.
 */
@Service
public class DeclineDesk {

    private final ListingDesk desk;
    private final InstantSource clock;

    DeclineDesk(ListingDesk desk, InstantSource clock) {
        this.desk = desk;
        this.clock = clock;
    }

    @Transactional
    public void ask(Reader reader, long id, int version, String words, Collection<UUID> files) {
        var taken = desk.take(reader, id, version);
        var wrong = new ArrayList<>(desk.apart(reader, taken));
        wrong.addAll(ListingDesk.words(words, "请写清为什么不予告知，" + ListingDesk.WORDS + " 字以内。"));
        ListingDesk.need(wrong);
        desk.done(taken, Party.BUREAU, taken.listing().askDecline(taken.sides()), words, files);
    }

    /** @param words what the second has to add; nothing where the first said it all */
    @Transactional
    public void agree(Reader reader, long id, int version, String words) {
        var taken = desk.take(reader, id, version);
        var wrong = new ArrayList<>(desk.apart(reader, taken));
        if (words.codePointCount(0, words.length()) > ListingDesk.WORDS) {
            wrong.add(new Refusal.Reason("words", "请写 " + ListingDesk.WORDS + " 字以内。"));
        }
        ListingDesk.need(wrong);
        var step = taken.listing().decline(taken.sides(), reader.account(), CivilTime.date(clock.instant()));
        desk.done(taken, Party.BUREAU, step, words);
    }
}
