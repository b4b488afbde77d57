package org.hemei.platform.privacy;

import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;
import org.hemei.platform.time.CivilTime;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** What a person wrote in requests about their data is personal data itself. */
@Component
class OwnRequests implements PersonalData {

    private static final int YEARS = 3;

    private final JdbcClient jdbc;

    OwnRequests(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    @Override
    public int order() {
        return 90;
    }

    @Override
    public List<Section> held(long person) {
        var entries = jdbc.sql("select kind, asked_at from privacy_request where person = ? order by id")
                .param(person)
                .query((r, n) -> new Entry(
                        r.getString("kind").equals("erasure") ? "删除请求" : "更正请求",
                        CivilTime.full(r.getTimestamp("asked_at").toInstant())))
                .list();
        return entries.isEmpty()
                ? List.of()
                : List.of(new Section("您提过的请求", "为了答复您，并证明答复过", "答复后 " + YEARS + " 年", entries));
    }

    @Override
    public void erase(long person, boolean inOffice) {
        jdbc.sql(
                        "update privacy_request set words_cipher = null, answer_cipher = null where person = ? and state <> 'open'")
                .param(person)
                .update();
        jdbc.sql("update privacy_request set words_cipher = null where person = ? and state = 'open'")
                .param(person)
                .update();
    }

    @Override
    public Forgotten forget(Instant now) {
        return new Forgotten(
                "privacy_request",
                jdbc.sql("delete from privacy_request where state <> 'open' and answered_at < ?")
                        .param(Timestamp.from(
                                CivilTime.startOf(CivilTime.date(now).minusYears(YEARS))))
                        .update());
    }
}
