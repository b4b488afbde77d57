package org.hemei.evaluation.listing;

import java.util.ArrayList;
import java.util.Collection;
import java.util.UUID;
import org.hemei.platform.Reader;
import org.hemei.platform.Refusal;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * 提出自行纠正: what several decided is not undone by one. Somebody who took no part says why it was wrong, with the document that shows it; another
 * who took no part revokes it, with {@link OverturnDesk}, or does not agree; whoever asked can take it back (decision 83).
 */
@Service
public class SelfCorrectionDesk {

    private final ListingDesk desk;
    private final VoteBook votes;

    SelfCorrectionDesk(ListingDesk desk, VoteBook votes) {
        this.desk = desk;
        this.votes = votes;
    }

    @Transactional
    public void ask(Reader reader, long id, int version, String words, Collection<UUID> files) {
        var taken = desk.take(reader, id, version);
        var wrong = new ArrayList<>(desk.apart(reader, taken));
        if (votes.tookPart(id, reader.account())) {
            wrong.add(new Refusal.Reason(null, "您参加过这次集体决定，自行纠正要由没参加的人提出。请换一位同事。"));
        }
        if (taken.listing().objection == Listing.Objection.OPEN) {
            wrong.add(new Refusal.Reason(null, "企业的异议还没有审查。企业说得对的，请在“审查异议”里写成立。"));
        }
        wrong.addAll(ListingDesk.words(words, "请写清哪里错了，" + ListingDesk.WORDS + " 字以内。"));
        if (files.isEmpty()) {
            wrong.add(new Refusal.Reason("photos", "请附纠正的文件，或看得出错在哪里的材料。"));
        }
        ListingDesk.need(wrong);
        desk.done(taken, Party.BUREAU, taken.listing().listed().askOverturn(taken.sides()), words, files);
    }

    /** Whoever asked takes it back at any time; that another does not agree is said by somebody who took no part either. */
    @Transactional
    public void deny(Reader reader, long id, int version, String words, Collection<UUID> files) {
        var taken = desk.take(reader, id, version);
        var wrong = new ArrayList<>(desk.apart(reader, taken));
        var asked = taken.listing().overturnAsked;
        if (asked != null && asked != reader.account() && votes.tookPart(id, reader.account())) {
            wrong.add(new Refusal.Reason(null, "您参加过这次集体决定，同不同意纠正要由没参加的人定。请换一位同事。"));
        }
        wrong.addAll(ListingDesk.words(words, "请写清为什么不作，" + ListingDesk.WORDS + " 字以内。"));
        ListingDesk.need(wrong);
        desk.done(taken, Party.BUREAU, taken.listing().listed().denyOverturn(taken.sides()), words, files);
    }
}
