package org.hemei.access;

import java.sql.Timestamp;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.hemei.platform.Missing;
import org.hemei.platform.Reader;
import org.hemei.platform.Refusal;
import org.hemei.platform.Refusal.Reason;
import org.hemei.platform.crypto.FieldCipher;
import org.hemei.platform.log.Audit;
import org.hemei.platform.log.EventLog;
import org.hemei.platform.time.CivilTime;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Binds a resident to a unit: by a code of the community, or by its word. Household and grant come into being together. */
@Service
class BindingDesk {

    static final Duration CODE_VALID = Duration.ofDays(30);

    private static final int MOST_WORDS = 100;
    private static final int MOST_WAITING = 5;

    private record Request(long account, long person, long unit, String relation, String status) {}

    private record Code(long id, long unit, String relation) {}

    private final JdbcClient jdbc;
    private final Bindings bindings;
    private final FieldCipher cipher;
    private final Audit audit;
    private final EventLog events;
    private final InstantSource clock;

    BindingDesk(
            JdbcClient jdbc, Bindings bindings, FieldCipher cipher, Audit audit, EventLog events, InstantSource clock) {
        this.jdbc = jdbc;
        this.bindings = bindings;
        this.cipher = cipher;
        this.audit = audit;
        this.events = events;
        this.clock = clock;
    }

    /** @param words how the community may check it; encrypted, seen by the community only */
    @Transactional
    public void ask(Reader reader, long unit, String relation, String words) {
        var dwelling = chosen(unit, relation, words);
        refuseIfBound(reader.person(), dwelling, "unit");
        var waiting = jdbc.sql("select count(*) from binding_request where account = ? and status = 'waiting'")
                .param(reader.account())
                .query(Integer.class)
                .single();
        if (waiting >= MOST_WAITING) {
            throw Refusal.of("您有 " + waiting + " 个申请还在等社区。请等有了结果再申请。");
        }
        var id = insert(reader, unit, relation, words);
        audit.record(
                reader,
                dwelling.district(),
                "binding.asked",
                "binding_request",
                id,
                dwelling.community(),
                Map.of("unit", unit));
        events.announce(dwelling.district(), "binding.asked", id, Map.of("account", reader.account(), "unit", unit));
    }

    private long insert(Reader reader, long unit, String relation, String words) {
        try {
            return jdbc.sql("""
                            insert into binding_request (account, unit, relation, asked_at, words_cipher)
                            values (:account, :unit, :relation, :at, :words) returning id
                            """)
                    .param("account", reader.account())
                    .param("unit", unit)
                    .param("relation", relation)
                    .param("at", Timestamp.from(clock.instant()))
                    .param("words", words.isBlank() ? null : cipher.encrypt(words.strip()))
                    .query(Long.class)
                    .single();
        } catch (DuplicateKeyException again) {
            throw Refusal.of("unit", "这套房您已经申请过，社区还在看。");
        }
    }

    /** Uses up the code. Whether it never was, is used or too old cannot be told from the answer. */
    @Transactional
    public void useCode(Reader reader, String typed) {
        var now = Timestamp.from(clock.instant());
        var code = jdbc.sql("""
                        update binding_code set used_by = ?, used_at = ?
                        where code_hash = ? and used_at is null and expires_at > ?
                        returning id, unit, relation
                        """)
                .params(reader.account(), now, hash(BindingCode.typed(typed)), now)
                .query(Code.class)
                .optional()
                .orElseThrow(() -> Refusal.of("code", "这个码不对、用过了，或者过了 30 天。请向社区再要一张。"));
        var dwelling = bindings.dwelling(code.unit).orElseThrow();
        refuseIfGone(dwelling, "code");
        refuseIfBound(reader.person(), dwelling, "code");
        bind(reader, reader.account(), reader.person(), dwelling, code.relation);
        audit.record(
                reader,
                dwelling.district(),
                "binding.by_code",
                "binding_code",
                code.id,
                dwelling.community(),
                Map.of("unit", code.unit));
        events.announce(
                dwelling.district(),
                "binding.by_code",
                code.id,
                Map.of("account", reader.account(), "unit", code.unit));
    }

    @Transactional
    public void approve(Reader reader, long id) {
        var request = locked(reader, id);
        var dwelling = bindings.dwelling(request.unit).orElseThrow();
        refuseIfGone(dwelling, null);
        refuseIfBound(request.person, dwelling, null);
        bind(reader, request.account, request.person, dwelling, request.relation);
        decide(reader, id, request, dwelling, "approved", null);
    }

    @Transactional
    public void refuse(Reader reader, long id, String reason) {
        var request = locked(reader, id);
        if (reason.isBlank() || reason.strip().length() > 200) {
            throw Refusal.of("reason", reason.isBlank() ? "请写清为什么没通过，对方看得到。" : "请写在 200 字以内。");
        }
        decide(reader, id, request, bindings.dwelling(request.unit).orElseThrow(), "refused", reason.strip());
    }

    /** Makes a code for a unit of the reader's communities. Only its keyed hash is kept. */
    @Transactional
    public BindingCode makeCode(Reader reader, long unit, String relation) {
        var dwelling = chosen(unit, relation, "");
        if (!reader.scope(Role.COMMUNITY).covers(dwelling.community())) {
            throw new Missing("没有找到这套房。");
        }
        var code = BindingCode.fresh();
        var now = clock.instant();
        var id = jdbc.sql("""
                        insert into binding_code (unit, relation, code_hash, made_by, made_at, expires_at)
                        values (?, ?, ?, ?, ?, ?) returning id
                        """)
                .params(
                        unit,
                        relation,
                        hash(code),
                        reader.account(),
                        Timestamp.from(now),
                        Timestamp.from(now.plus(CODE_VALID)))
                .query(Long.class)
                .single();
        audit.record(
                reader,
                dwelling.district(),
                "binding.code_made",
                "binding_code",
                id,
                dwelling.community(),
                Map.of("unit", unit));
        return code;
    }

    /** Whoever strikes the estate off at this moment waits for the end of this, or this for theirs. */
    private void refuseIfGone(Bindings.Dwelling dwelling, @Nullable String field) {
        var gone = jdbc.sql("select until is not null from estate where id = ? for share")
                .param(dwelling.estate())
                .query(Boolean.class)
                .single();
        if (gone) {
            throw new Refusal(List.of(new Reason(field, "这套房所在的小区已经注销，不能绑定。")));
        }
    }

    private Bindings.Dwelling chosen(long unit, String relation, String words) {
        List<Reason> reasons = new ArrayList<>();
        var dwelling = bindings.dwelling(unit);
        if (dwelling.isEmpty()) {
            reasons.add(new Reason("unit", "请选一套房。"));
        }
        if (Bindings.RELATIONS.stream().noneMatch(choice -> choice.value().equals(relation))) {
            reasons.add(new Reason("relation", "请选您和这套房的关系。"));
        }
        if (words.length() > MOST_WORDS) {
            reasons.add(new Reason("words", "请写在 " + MOST_WORDS + " 字以内。"));
        }
        if (!reasons.isEmpty()) {
            throw new Refusal(reasons);
        }
        refuseIfGone(dwelling.orElseThrow(), "unit");
        return dwelling.orElseThrow();
    }

    /** One decision: two clerks who press at the same time wait for each other here. */
    private Request locked(Reader reader, long id) {
        var request = jdbc.sql("""
                        select r.account, a.person, r.unit, r.relation, r.status
                        from binding_request r
                                 join account a on a.id = r.account
                                 join unit u on u.id = r.unit
                                 join estate e on e.id = u.estate
                        where r.id = :id and e.community like any(:patterns)
                        for update of r
                        """)
                .param("id", id)
                .param("patterns", reader.scope(Role.COMMUNITY).patterns())
                .query(Request.class)
                .optional()
                .orElseThrow(() -> new Missing("没有找到这个申请。"));
        if (!request.status.equals("waiting")) {
            throw Refusal.of("这个申请已经有结果了，不用再办。");
        }
        return request;
    }

    private void refuseIfBound(long person, Bindings.Dwelling dwelling, @Nullable String field) {
        var today = CivilTime.date(clock.instant());
        var bound = jdbc.sql(
                        "select exists(select from household_member where unit = ? and person = ? and during @> ?)")
                .params(dwelling.unit(), person, today)
                .query(Boolean.class)
                .single();
        if (bound) {
            throw new Refusal(List.of(new Reason(field, "这套房已经绑定了。")));
        }
    }

    private void bind(Reader by, long account, long person, Bindings.Dwelling dwelling, String relation) {
        jdbc.sql("insert into household_member (unit, person, relation, during) values (?, ?, ?, daterange(?, null))")
                .params(dwelling.unit(), person, relation, CivilTime.date(clock.instant()))
                .update();
        jdbc.sql("""
                insert into access_grant (account, role, estate, unit, since, granted_by)
                values (?, 'RESIDENT', ?, ?, ?, ?)
                """)
                .params(account, dwelling.estate(), dwelling.unit(), Timestamp.from(clock.instant()), by.account())
                .update();
    }

    private void decide(
            Reader reader,
            long id,
            Request request,
            Bindings.Dwelling dwelling,
            String status,
            @Nullable String reason) {
        jdbc.sql("""
                update binding_request
                set status = :status, decided_by = :by, decided_at = :at, reason = :reason, words_cipher = null
                where id = :id
                """)
                .param("status", status)
                .param("by", reader.account())
                .param("at", Timestamp.from(clock.instant()))
                .param("reason", reason)
                .param("id", id)
                .update();
        audit.record(
                reader,
                dwelling.district(),
                "binding." + status,
                "binding_request",
                id,
                dwelling.community(),
                Map.of("unit", request.unit));
        events.announce(
                dwelling.district(), "binding." + status, id, Map.of("account", request.account, "unit", request.unit));
    }

    private String hash(BindingCode code) {
        return HexFormat.of().formatHex(cipher.blindIndex("binding-code:" + code.value()));
    }
}
