package org.hemei.access;

import java.util.Optional;
import org.hemei.RoomThings;
import org.hemei.access.secondfactor.SecondFactors;
import org.hemei.platform.Reader;
import org.hemei.platform.crypto.FieldCipher;
import org.hemei.testing.Town;
import org.hemei.testing.Towns;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** What the lines of routes/access.csv name. */
@Component
class AccessThings implements RoomThings {

    private final ObjectProvider<Towns> towns;
    private final SecondFactors factors;
    private final JdbcClient jdbc;
    private final FieldCipher cipher;

    AccessThings(ObjectProvider<Towns> towns, SecondFactors factors, JdbcClient jdbc, FieldCipher cipher) {
        this.towns = towns;
        this.factors = factors;
        this.jdbc = jdbc;
        this.cipher = cipher;
    }

    @Override
    public Optional<String> thing(String name, Town town, @Nullable Reader caller) {
        return switch (name) {
            case "$account-with-factor" -> {
                // somebody else than whoever asks, or they would have to show it themselves
                var towns = this.towns.getObject();
                var account = towns.account();
                towns.grant(account, Role.COMMUNITY, town.near().community(), null, null, null);
                jdbc.sql("""
                        insert into second_factor (account, secret_cipher, begun_at, confirmed_at) values (?, ?, now(), now())
                        on conflict do nothing
                        """)
                        .params(account, cipher.encrypt("GEZDGNBVGY3TQOJQ"))
                        .update();
                yield Optional.of(String.valueOf(account));
            }
            case "$member" ->
                jdbc.sql("""
                        insert into household_member (unit, person, relation, during)
                        values (?, ?, 'tenant', daterange('2020-01-01', null)) returning id
                        """)
                        .params(town.near().unit(), towns.getObject().person("租户"))
                        .query(String.class)
                        .optional();
            case "$own-home" -> {
                // of whoever asks; whoever asks from elsewhere gets somebody else's
                var person = caller != null && caller.signedIn()
                        ? caller.person()
                        : towns.getObject().person("住户");
                var unit = town.near().emptyUnit();
                jdbc.sql("""
                        insert into household_member (unit, person, relation, during)
                        values (?, ?, 'owner', daterange('2020-01-01', null)) on conflict do nothing
                        """).params(unit, person).update();
                yield jdbc.sql("select id from household_member where unit = ? and person = ? and upper_inf(during)")
                        .params(unit, person)
                        .query(String.class)
                        .optional();
            }
            case "$own-secret" -> {
                // being set up by whoever asks; whoever asks from elsewhere has none
                if (caller != null) {
                    begin(caller);
                }
                yield Optional.of("1");
            }
            case "$own-delegation" ->
                jdbc.sql("""
                        insert into delegation (giver, taker, reason, since, until, made_at)
                        values (?, ?, '年假', now(), now() + interval '3 days', now()) returning id
                        """)
                        .params(
                                town.near().staff().account(),
                                town.near().helper().account())
                        .query(String.class)
                        .optional();
            case "$unused-grant" -> {
                var account = towns.getObject()
                        .account(Role.COMMUNITY, town.near().community(), null, null, null)
                        .account();
                jdbc.sql("update account set created_at = now() - interval '100 days' where id = ?")
                        .param(account)
                        .update();
                yield jdbc.sql("""
                        update access_grant set since = now() - interval '100 days' where account = ? returning id
                        """).param(account).query(String.class).optional();
            }
            case "$running-delegation" -> {
                var near = town.near();
                var giver = near.communityDesk().account();
                var taker = near.districtDesk().account();
                jdbc.sql("delete from access_grant where delegation in (select id from delegation where giver = ?)")
                        .param(giver)
                        .update();
                var id = jdbc.sql("""
                                insert into delegation (giver, taker, reason, since, until, made_at)
                                values (?, ?, '年假', now(), now() + interval '3 days', now()) returning id
                                """).params(giver, taker).query(Long.class).single();
                jdbc.sql("""
                        insert into access_grant (account, role, area, since, until, granted_by, delegation, source)
                        select ?, role, area, now(), now() + interval '3 days', account, ?, id
                        from access_grant where account = ? and delegation is null and role = 'COMMUNITY' limit 1
                        """).params(taker, id, giver).update();
                yield Optional.of(String.valueOf(id));
            }
            default -> Optional.empty();
        };
    }

    private void begin(Reader reader) {
        if (reader.signedIn() && !factors.isOn(reader.account())) {
            factors.begin(reader);
        }
    }
}
