package org.hemei.evaluation.listing;

import java.util.ArrayList;
import java.util.Collection;
import java.util.UUID;
import org.hemei.platform.Reader;
import org.hemei.platform.Refusal;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * 停止执行: whoever reviews a listing, the court, or the bureau while one of these looks at it orders that it has no effect meanwhile (Law on
 * Administrative Reconsideration art. 42, Administrative Procedure Law art. 56). Carrying that out is nobody's decision, so whoever decided may; it
 * comes with the order.
 */
@Service
public class SuspensionDesk {

    private final ListingDesk desk;

    SuspensionDesk(ListingDesk desk) {
        this.desk = desk;
    }

    /** Out of the public list, of what is handed on and of tender references, until it is resumed or ends. */
    @Transactional
    public void suspend(Reader reader, long id, int version, String words, Collection<UUID> files) {
        var taken = ordered(reader, id, version, words, files, "请附停止执行的决定书或裁定书。");
        desk.done(taken, Party.BUREAU, taken.listing().listed().suspend(taken.sides()), words, files);
    }

    @Transactional
    public void resume(Reader reader, long id, int version, String words, Collection<UUID> files) {
        var taken = ordered(reader, id, version, words, files, "请附恢复执行的文书，或者维持、驳回的文书。");
        desk.done(taken, Party.BUREAU, taken.listing().listed().resume(taken.sides()), words, files);
    }

    private ListingDesk.Taken ordered(
            Reader reader, long id, int version, String words, Collection<UUID> files, String document) {
        var taken = desk.take(reader, id, version);
        var wrong = new ArrayList<>(desk.apart(reader, taken));
        wrong.addAll(ListingDesk.words(words, "请写哪个机关定的、文号，" + ListingDesk.WORDS + " 字以内。企业看得到。"));
        if (files.isEmpty()) {
            wrong.add(new Refusal.Reason("photos", document));
        }
        ListingDesk.need(wrong);
        return taken;
    }
}
