package org.hemei.demo;

import java.io.IOException;
import java.sql.SQLException;
import java.util.List;
import org.hemei.platform.crypto.FieldCipher;
import org.hemei.workorder.Grams;
import org.hemei.workorder.OrderState;
import org.jspecify.annotations.Nullable;
import org.postgresql.copy.CopyManager;

/** Writes orders with all that hangs on them. */
final class OrderRows {

    private final Rows orders = new Rows(
            "work_order",
            "district, id, version, state, community, estate, building, unit, category, urgency, channel, reporter,"
                    + " filed_by, anonymous, holder, assignee, round, nobody, submitted_at, due_at, contact_due, resolve_due,"
                    + " contacted_at, contact_denied, resolved_at, resolved_by, closed_at, kept, solved, satisfied, joined, urged");
    private final Rows words = new Rows(
            "work_order_words",
            "district, order_id, title, words, place, caller_name_cipher, caller_phone_cipher, caller_phone_index, grams");
    private final Rows steps = new Rows(
            "work_order_step",
            "district, order_id, seq, at, verb, from_state, to_state, actor, actor_as, body, assist, due_at, detail");
    private final Rows remarks = new Rows("work_order_remark", "district, order_id, seq, words");
    private final Rows assists = new Rows(
            "assist_task",
            "district, id, order_id, body, what, state, asked_by, asked_at, due_at, answered_at, done_at, result");
    private final Rows meToos = new Rows("me_too", "district, order_id, account, building, at");
    private final Rows ratings =
            new Rows("work_order_rating", "district, order_id, account, round, solved, satisfied, words, at");

    private final FieldCipher cipher;

    OrderRows(FieldCipher cipher) {
        this.cipher = cipher;
    }

    void add(Order o) {
        order(o);
        words(o);
        steps(o);
        around(o);
    }

    private void order(Order o) {
        orders.add(
                o.estate.district(),
                o.id,
                o.steps.size(),
                o.state.code(),
                o.estate.community().code(),
                o.estate.id(),
                o.building == null ? null : o.building.id(),
                o.unit == null ? null : o.unit.id(),
                o.topic.code(),
                o.topic.urgency().code(),
                o.channel,
                o.reporter,
                o.filedBy,
                o.anonymous,
                o.holder,
                o.assignee,
                o.round,
                o.nobody(),
                o.submittedAt,
                o.dueAt,
                o.contactDue,
                o.resolveDue,
                o.contactedAt,
                o.contactDenied,
                o.resolvedAt,
                o.resolvedBy,
                o.closedAt,
                o.kept,
                o.solved,
                o.satisfied,
                o.meToos.size(),
                o.urged);
    }

    private void words(Order o) {
        words.add(
                o.estate.district(),
                o.id,
                o.title,
                o.words,
                o.place,
                sealed(o.callerName),
                sealed(o.callerPhone),
                o.callerPhone == null ? null : cipher.blindIndex(o.callerPhone),
                Grams.of(
                        new Grams.Told(
                                o.title,
                                o.words,
                                o.place,
                                o.anonymous,
                                o.building == null ? null : o.building.name(),
                                o.unit == null ? null : o.unit.entrance(),
                                o.unit == null ? null : o.unit.name()),
                        o.estate.community().code(),
                        o.submittedAt));
    }

    private void steps(Order o) {
        int district = o.estate.district();
        for (var s : o.steps) {
            steps.add(
                    district,
                    o.id,
                    s.seq(),
                    s.at(),
                    s.verb().code(),
                    code(s.from()),
                    s.to().code(),
                    s.actor(),
                    s.as().code(),
                    s.body(),
                    s.assist(),
                    s.dueAt(),
                    s.detail());
            if (!s.words().isEmpty()) {
                remarks.add(district, o.id, s.seq(), s.words());
            }
        }
    }

    private void around(Order o) {
        int district = o.estate.district();
        for (var a : o.assists) {
            assists.add(
                    district,
                    a.id,
                    o.id,
                    a.body,
                    a.what,
                    a.state,
                    a.askedBy,
                    a.askedAt,
                    a.dueAt,
                    a.answeredAt,
                    a.doneAt,
                    a.result);
        }
        for (var m : o.meToos) {
            meToos.add(district, o.id, m.account(), m.building(), m.at());
        }
        for (var r : o.ratings) {
            ratings.add(district, o.id, o.reporter, r.round(), r.solved(), r.satisfied(), r.words(), r.at());
        }
    }

    private static @Nullable String code(@Nullable OrderState state) {
        return state == null ? null : state.code();
    }

    private byte @Nullable [] sealed(@Nullable String clear) {
        return clear == null ? null : cipher.encrypt(clear);
    }

    void send(CopyManager database) throws SQLException, IOException {
        for (var rows : List.of(orders, words, steps, remarks, assists, meToos, ratings)) {
            rows.send(database);
        }
    }
}
