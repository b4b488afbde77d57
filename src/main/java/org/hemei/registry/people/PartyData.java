package org.hemei.registry.people;

import java.time.LocalDate;
import java.util.List;
import org.hemei.platform.privacy.Ground;
import org.hemei.platform.privacy.PersonalData;
import org.hemei.platform.time.CivilTime;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** A member sees their own membership, and who looked at the list it stands on. */
@Component
class PartyData implements PersonalData {

    private final JdbcClient jdbc;
    private final PartyHolder holder;

    PartyData(JdbcClient jdbc, PartyHolder holder) {
        this.jdbc = jdbc;
        this.holder = holder;
    }

    @Override
    public int order() {
        return 30;
    }

    private record Own(
            long id,
            String organisation,
            String kind,
            LocalDate first,
            @Nullable LocalDate ending,
            byte[] sealed) {}

    private List<Own> own(long person) {
        return jdbc.sql("""
                        select m.id, b.name as organisation, m.kind, lower(m.during) as first, upper(m.during) as ending,
                               m.holder_cipher as sealed
                        from party_membership m join body b on b.id = m.organisation where m.holder_index = ? order by m.id
                        """).param(holder.index(person)).query(Own.class).list();
    }

    @Override
    public List<Section> held(long person) {
        var own = own(person);
        if (own.isEmpty()) {
            return List.of();
        }
        var entries = own.stream()
                .map(one -> new Entry(
                        one.organisation,
                        (one.kind.equals("full") ? "组织关系在这里" : "参加活动") + "，" + CivilTime.day(one.first) + "—"
                                + (one.ending == null ? "现在" : CivilTime.day(one.ending.minusDays(1)))
                                + (holder.note(one.sealed).isEmpty() ? "" : "，备注：" + holder.note(one.sealed))))
                .toList();
        return List.of(new Section("党员组织关系", "党组织管理自己的党员。加密存，只有本组织在任的书记、委员说明理由后能看", "由党组织按党内法规保管", entries));
    }

    @Override
    public List<Reveal> reveals(long person) {
        var own = jdbc.sql("""
                        select id::text from party_membership where holder_index = :index
                        union select membership::text from party_membership_gone where holder_index = :index
                        """)
                .param("index", holder.index(person))
                .query(String.class)
                .list();
        if (own.isEmpty()) {
            return List.of();
        }
        return jdbc.sql("""
                        select e.at, coalesce(p.masked_name, '系统') as who, coalesce(e.detail ->> 'reason', '') as reason
                        from audit_entry e
                                 left join account a on a.id = e.account
                                 left join person p on p.id = a.person
                        where e.subject_kind = 'party_membership' and e.subject_id = any(?)
                          and e.action = 'party_membership.revealed'
                        order by e.at desc limit 100
                        """)
                .param(own.toArray(String[]::new))
                .query((r, n) -> new Reveal(
                        r.getTimestamp("at").toInstant(),
                        r.getString("who"),
                        "党组织名册",
                        RevealReason.of(r.getString("reason"))
                                .map(RevealReason::words)
                                .orElse("没有写")))
                .list();
    }

    /** The file belongs to the organisation: it ends a membership, an erasure does not. */
    @Override
    public List<Stays> stays(long person) {
        return own(person).isEmpty() ? List.of() : List.of(new Stays(Ground.PARTY_FILE, "党员组织关系"));
    }

    @Override
    public void erase(long person, boolean inOffice) {
        // stays with the organisation, as said in stays()
    }
}
