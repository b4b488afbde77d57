package org.hemei.access;

import java.util.List;
import org.hemei.platform.notice.MailAddresses;
import org.hemei.platform.privacy.PersonalData;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The e-mail address somebody gave, what they chose to be told of, and the letters sent to them. */
@Component
class MailData implements PersonalData {

    private final JdbcClient jdbc;
    private final MailAddresses addresses;

    MailData(JdbcClient jdbc, MailAddresses addresses) {
        this.jdbc = jdbc;
        this.addresses = addresses;
    }

    @Override
    public int order() {
        return 25;
    }

    @Override
    public List<Section> held(long person) {
        return accounts(person).stream().map(this::section).toList();
    }

    private Section section(long account) {
        var letters = jdbc.sql("select count(*) from mail_message where account = ?")
                .param(account)
                .query(Long.class)
                .single();
        return new Section(
                "您的邮箱",
                "用来把消息发给您，不做别的",
                "您删掉就没有了；发过的信留 90 天备查",
                List.of(new Entry("邮箱", addresses.clear(account).orElse("没有留")), new Entry("发给您的邮件", letters + " 封")));
    }

    private List<Long> accounts(long person) {
        return jdbc.sql("select id from account where person = ?")
                .param(person)
                .query(Long.class)
                .list();
    }

    @Override
    public void erase(long person, boolean inOffice) {
        for (var account : accounts(person)) {
            addresses.forget(account);
            jdbc.sql("delete from notice_choice where account = ?")
                    .param(account)
                    .update();
        }
    }
}
