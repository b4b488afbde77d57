package org.hemei.registry.people;

import java.util.Optional;
import org.hemei.RoomThings;
import org.hemei.platform.Reader;
import org.hemei.testing.Town;
import org.hemei.testing.Towns;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** People in posts, for the route table. */
@Component
class PeopleThings implements RoomThings {

    private final ObjectProvider<Towns> towns;
    private final JdbcClient jdbc;
    private final PartyHolder holder;

    PeopleThings(ObjectProvider<Towns> towns, JdbcClient jdbc, PartyHolder holder) {
        this.towns = towns;
        this.jdbc = jdbc;
        this.holder = holder;
    }

    @Override
    public Optional<String> thing(String name, Town town, @Nullable Reader caller) {
        var near = town.near();
        return switch (name) {
            case "$residents-committee" -> Optional.of(String.valueOf(near.committee()));
            case "$official" -> Optional.of(String.valueOf(official(town)));
            case "$appointment" ->
                Optional.of(String.valueOf(towns().post(towns().person("周委员"), near.committee(), "居委会委员")));
            case "$party-branch" -> Optional.of(String.valueOf(branch(town)));
            case "$led-branch" -> Optional.of(String.valueOf(led(town)));
            case "$membership" -> Optional.of(String.valueOf(membership(town)));
            default -> Optional.empty();
        };
    }

    private Towns towns() {
        return towns.getObject();
    }

    private long official(Town town) {
        var person = towns().person("周委员");
        towns().post(person, town.near().committee(), "居委会委员");
        return person;
    }

    /** The Party branch of the near garden, made once for each town. */
    private long branch(Town town) {
        return jdbc.sql("select id from body where party_kind = 'estate_branch' and estate = ? and until is null")
                .param(town.near().garden())
                .query(Long.class)
                .optional()
                .orElseGet(() -> towns().bodyOf(
                                "party_organisation",
                                "estate_branch",
                                "试党支部" + town.city(),
                                town.near().community(),
                                town.near().garden()));
    }

    /** The same, with whoever is at the community's desk as its secretary. */
    private long led(Town town) {
        var branch = branch(town);
        var secretary = town.near().communityDesk().person();
        jdbc.sql("""
                        insert into appointment (person, body, post, during)
                        select :person, :branch, '书记', daterange('2026-01-01', null)
                        where not exists (select from appointment where person = :person and body = :branch)
                        """).param("person", secretary).param("branch", branch).update();
        return branch;
    }

    private long membership(Town town) {
        var person = towns().person("周党员");
        return jdbc.sql("""
                        insert into party_membership (organisation, kind, holder_cipher, holder_index, during)
                        values (?, 'full', ?, ?, daterange('2026-01-01', null)) returning id
                        """)
                .params(branch(town), holder.seal(person, ""), holder.index(person))
                .query(Long.class)
                .single();
    }
}
