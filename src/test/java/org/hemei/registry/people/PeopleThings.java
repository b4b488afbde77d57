package org.hemei.registry.people;

import java.util.Optional;
import org.hemei.RoomThings;
import org.hemei.platform.Reader;
import org.hemei.testing.Town;
import org.hemei.testing.Towns;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** People in posts, for the route table. */
@Component
class PeopleThings implements RoomThings {

    private final org.springframework.beans.factory.ObjectProvider<Towns> towns;

    PeopleThings(org.springframework.beans.factory.ObjectProvider<Towns> towns) {
        this.towns = towns;
    }

    @Override
    public Optional<String> thing(String name, Town town, @Nullable Reader caller) {
        var near = town.near();
        return switch (name) {
            case "$residents-committee" -> Optional.of(String.valueOf(near.committee()));
            case "$official" -> Optional.of(String.valueOf(official(town)));
            case "$appointment" ->
                Optional.of(String.valueOf(towns().post(towns().person("周委员"), near.committee(), "居委会委员")));
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
}
