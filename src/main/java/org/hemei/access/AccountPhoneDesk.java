package org.hemei.access;

import java.util.List;
import java.util.Map;
import org.hemei.access.secondfactor.SecondFactors;
import org.hemei.platform.Missing;
import org.hemei.platform.Reader;
import org.hemei.platform.Refusal;
import org.hemei.platform.crypto.FieldCipher;
import org.hemei.platform.db.Pointers;
import org.hemei.platform.log.Audit;
import org.hemei.registry.Persons;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * Accounts opened before their holder's phone was asked for belong to a person of their own. With the phone they are joined to the person
 * who is appointed and reviewed under it (decision 69). Whoever has that phone confirms it: the next sign-in asks for a code from it.
 */
@Service
class AccountPhoneDesk {

    /** In place of the name of a person who is known as another one now. */
    private static final String JOINED = "已合并";

    private record Held(long person, byte[] name, boolean phone, boolean program) {}

    private final JdbcClient jdbc;
    private final Accounts accounts;
    private final Persons persons;
    private final Pointers pointers;
    private final FieldCipher cipher;
    private final SecondFactors factors;
    private final Audit audit;

    AccountPhoneDesk(
            JdbcClient jdbc,
            Accounts accounts,
            Persons persons,
            Pointers pointers,
            FieldCipher cipher,
            SecondFactors factors,
            Audit audit) {
        this.jdbc = jdbc;
        this.accounts = accounts;
        this.persons = persons;
        this.pointers = pointers;
        this.cipher = cipher;
        this.factors = factors;
        this.audit = audit;
    }

    /** Whether the account's holder is known by no phone. */
    boolean wanting(long account) {
        var held = held(account);
        return !held.phone && !held.program;
    }

    private Held held(long account) {
        return jdbc.sql("""
                        select a.person, p.name_cipher as name, p.phone_index is not null as phone,
                               exists (select from integration i where i.account = a.id) as program
                        from account a join person p on p.id = a.person where a.id = ?
                        """).param(account).query(Held.class).optional().orElseThrow(() -> new Missing("没有找到这个账号。"));
    }

    /** @param name as whoever registers it knows the holder: it has to be the account's own, and that of the phone */
    @Transactional
    public void register(Reader reader, long account, String name, String phone) {
        accounts.one(reader.scope(Role.SYSTEM), account);
        if (account == reader.account()) {
            throw Refusal.of("不能改自己的账号。请另一位管理员来办。");
        }
        jdbc.sql("select id from account where id = ? for no key update")
                .param(account)
                .query(Long.class)
                .single();
        var held = held(account);
        if (held.phone || held.program) {
            throw Refusal.of(
                    held.program
                            ? "这是一个对接程序，没有手机号。"
                            : "这个账号已经有手机号了。改号码请本人在“我的个人信息”里请求更正；号码登记错了、本人进不去的，停用这个账号，用对的号码另开一个。");
        }
        if (accounts.rolesInForce(account).stream().anyMatch(Role::administers) && !factors.isOn(account)) {
            // whoever has the phone could set up the second factor too, and be another administrator
            throw Refusal.of("这位管理员还没开第二重验证，不能由别人登记手机号。请安全管理员结束其职责，用对的手机号另开账号。");
        }
        var known = persons.known(name, phone);
        if (!cipher.decrypt(held.name).equals(name.strip())) {
            throw Refusal.of("name", "和这个账号登记的姓名不一样。请核对是不是同一个人。");
        }
        try {
            if (known == 0) {
                var number = Persons.digits(phone);
                jdbc.sql("update person set phone_cipher = ?, phone_index = ? where id = ?")
                        .params(cipher.encrypt(number), cipher.blindIndex(number), held.person)
                        .update();
            } else {
                join(account, held.person, known, name);
            }
        } catch (DataIntegrityViolationException taken) {
            // whoever has the phone came by it at the same moment: the database has the last word
            throw Refusal.of("phone", "刚刚有人用这个手机号登录或登记了。请再试一次。");
        }
        confirmedByItsHolder(reader, account);
        audit.record(reader, 0, "account.phone_registered", "account", account, null, Map.of("joined", known != 0));
    }

    /** The person of the account becomes the one of the phone; what they asked or lived in goes along. */
    private void join(long account, long from, long to, String name) {
        var taken = jdbc.sql("select exists (select from account where person = ?)")
                .param(to)
                .query(Boolean.class)
                .single();
        if (taken) {
            throw Refusal.of("phone", "这个手机号已经有账号了。一个人只用一个账号：请给那个账号分职责，再停用这一个。");
        }
        var posts = jdbc.sql("select exists (select from appointment where person = ?)")
                .param(from)
                .query(Boolean.class)
                .single();
        if (posts) {
            throw Refusal.of("这个账号的人另有任职登记在没有手机号的名下。请先到“人员任职”更正那条任职。");
        }
        persons.named(to, name);
        jdbc.sql("update account set person = ? where id = ?")
                .params(to, account)
                .update();
        jdbc.sql("""
                        update household_member m set person = :to
                        where person = :from and not exists (select from household_member o
                                                             where o.person = :to and o.unit = m.unit and o.during && m.during)
                        """).param("from", from).param("to", to).update();
        jdbc.sql("update binding_end set person = ? where person = ?")
                .params(to, from)
                .update();
        jdbc.sql("update privacy_request set person = ? where person = ?")
                .params(to, from)
                .update();
        leaveNobody(from);
    }

    /** Nobody's account, page or erasure reaches the former person any more: what is left of them goes, or at least their name. */
    private void leaveNobody(long person) {
        jdbc.sql("delete from household_member where person = ?").param(person).update();
        if (pointers.words("person", List.of(person), "").isEmpty()) {
            jdbc.sql("delete from person where id = ?").param(person).update();
        } else {
            jdbc.sql("update person set name_cipher = ?, masked_name = ? where id = ?")
                    .params(cipher.encrypt(JOINED), JOINED, person)
                    .update();
        }
    }

    /** Who registers it could be wrong, or mean to be: only whoever has the phone goes on with this account. */
    private void confirmedByItsHolder(Reader reader, long account) {
        jdbc.sql("update account set must_change_password = true where id = ? and password_hash is not null")
                .param(account)
                .update();
        // who is linked to the provider would come in without having shown the phone
        jdbc.sql("delete from external_identity where account = ? returning issuer")
                .param(account)
                .query(String.class)
                .list()
                .forEach(issuer -> audit.record(
                        reader, 0, "account.identity_unlinked", "account", account, null, Map.of("issuer", issuer)));
        jdbc.sql("delete from spring_session where principal_name = ?")
                .param(String.valueOf(account))
                .update();
    }
}
