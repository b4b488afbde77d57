package org.hemei.access.token;

import java.util.Optional;
import org.hemei.RoomThings;
import org.hemei.platform.Reader;
import org.hemei.platform.crypto.FieldCipher;
import org.hemei.testing.Town;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** What the lines of routes/api.csv name: a program that waits for its approval, and an approved one that the caller keeps. */
@Component
public class TokenThings implements RoomThings {

    private final JdbcClient jdbc;
    private final FieldCipher cipher;

    TokenThings(JdbcClient jdbc, FieldCipher cipher) {
        this.jdbc = jdbc;
        this.cipher = cipher;
    }

    private long last;

    @Override
    public Optional<String> thing(String name, Town town, @Nullable Reader caller) {
        return switch (name) {
            case "$keeper-name" -> Optional.of(named(town.near().communityDesk()));
            case "$integration" -> {
                last = make(town, town.near().communityDesk(), false, "orders:read");
                yield Optional.of(String.valueOf(last));
            }
            case "$kept" -> {
                var keeper = caller == null || !caller.signedIn() ? town.near().communityDesk() : caller;
                last = make(town, keeper, true, "orders:read");
                yield Optional.of(String.valueOf(last));
            }
            case "$token", "$kept-token" -> Optional.of(String.valueOf(token(last, Secret.random())));
            default -> Optional.empty();
        };
    }

    /** The name an account signs in with; the accounts of a town have none of their own. */
    String named(Reader reader) {
        jdbc.sql(
                        "update account set username = coalesce(username, 'user' || id), password_hash = coalesce(password_hash, 'x') where id = ?")
                .param(reader.account())
                .update();
        return jdbc.sql("select username from account where id = ?")
                .param(reader.account())
                .query(String.class)
                .single();
    }

    private long make(Town town, Reader keeper, boolean approved, String... scopes) {
        var three = new Reader[] {town.system(), town.security(), town.audit()};
        var opener = keeper.account() == three[0].account() ? three[2] : three[0];
        var approver = keeper.account() == three[1].account() ? three[2] : three[1];
        return jdbc.sql("""
                with p as (insert into person (name_cipher, masked_name) values (:bytes, '试程序') returning id),
                     a as (insert into account (person, created_at) select id, now() from p returning id)
                insert into integration (account, name, purpose, owner, area, keeper, scopes, per_minute, until, opened_by, opened_at,
                                         approved_by, approved_at)
                select a.id, '试程序', '试一试', :owner, :area, :keeper, cast(:scopes as text[]), 1000, now() + interval '90 days', :opener, now(),
                       case when :approved then cast(:approver as bigint) end, case when :approved then now() end
                from a returning id
                """)
                .param("bytes", cipher.encrypt("试程序"))
                .param("owner", town.near().company())
                .param("area", town.city())
                .param("keeper", keeper.account())
                .param("scopes", scopes)
                .param("opener", opener.account())
                .param("approver", approver.account())
                .param("approved", approved)
                .query(Long.class)
                .single();
    }

    private long token(long integration, Secret secret) {
        return jdbc.sql("""
                insert into api_token (integration, hash, hint, made_by, made_at, expires_at)
                select id, ?, ?, keeper, now(), until from integration where id = ? returning id
                """)
                .params(secret.hash(), secret.hint(), integration)
                .query(Long.class)
                .single();
    }

    /**
     * A program with a token that works, doing in the near community whatever its scopes and grants let it.
     *
     * @return the token
     */
    public String program(Town town, String... scopes) {
        var id = make(town, town.near().communityDesk(), true, scopes);
        var secret = Secret.random();
        token(id, secret);
        return secret.text();
    }

    /** Another token of the same program, after the one before has gone. */
    public String again(String token) {
        var id = jdbc.sql("select integration from api_token where hash = ?")
                .param(new Secret(token).hash())
                .query(Long.class)
                .single();
        var secret = Secret.random();
        token(id, secret);
        return secret.text();
    }

    /** The account a token acts as. */
    public long account(String token) {
        return jdbc.sql("select i.account from integration i join api_token t on t.integration = i.id where t.hash = ?")
                .param(new Secret(token).hash())
                .query(Long.class)
                .single();
    }
}
