package org.hemei.registry.company;

import java.util.List;
import org.hemei.platform.log.EventConsumer;
import org.hemei.platform.notice.NoticeKinds;
import org.hemei.platform.notice.Notices;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Tells whoever asked for a code that fails its check what the second person said. */
@Component
class ProposalNews implements EventConsumer, NoticeKinds {

    private static final Topic TOPIC =
            new Topic("company-proposal", "信用代码核对", "您申请照登的信用代码，核对的结果", false, false).onDuty();

    private final JdbcClient jdbc;
    private final Notices notices;

    ProposalNews(JdbcClient jdbc, Notices notices) {
        this.jdbc = jdbc;
        this.notices = notices;
    }

    @Override
    public String name() {
        return "company-proposal-news";
    }

    @Override
    public List<Topic> more() {
        return List.of(TOPIC);
    }

    @Override
    public void handle(List<Event> events) {
        for (var event : events) {
            if (event.kind().equals("company.override_confirmed")
                    || event.kind().equals("company.override_refused")) {
                tell(event);
            }
        }
    }

    private void tell(Event event) {
        var confirmed = event.kind().equals("company.override_confirmed");
        jdbc.sql("select asked_by, name, words from company_proposal where id = ?")
                .param(Long.valueOf(event.subject()))
                .query(r -> {
                    notices.send(
                            TOPIC,
                            r.getLong("asked_by"),
                            event.district(),
                            confirmed ? "信用代码核对过了，企业登记好了" : "信用代码没有同意照登",
                            r.getString("name") + (confirmed ? "，可以接着签合同、登记人员。" : "：" + r.getString("words")),
                            "/companies/proposals/" + event.subject());
                });
    }
}
