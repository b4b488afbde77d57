package org.hemei.platform.privacy;

import java.util.Optional;
import org.hemei.RoomThings;
import org.hemei.platform.Reader;
import org.hemei.testing.Town;
import org.hemei.testing.Towns;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;

/** Requests about personal data, for the route table. */
@Component
class PrivacyThings implements RoomThings {

    private final ObjectProvider<Towns> towns;
    private final PrivacyDesk desk;

    PrivacyThings(ObjectProvider<Towns> towns, PrivacyDesk desk) {
        this.towns = towns;
        this.desk = desk;
    }

    @Override
    public Optional<String> thing(String name, Town town, @Nullable Reader caller) {
        return switch (name) {
            case "$privacy-request" -> Optional.of(ask(somebody(town)));
            case "$own-request" -> Optional.of(ask(caller == null || !caller.signedIn() ? somebody(town) : caller));
            default -> Optional.empty();
        };
    }

    private String ask(Reader reader) {
        return String.valueOf(desk.ask(reader, PrivacyRequest.Kind.CORRECTION, "名字写错了"));
    }

    private Reader somebody(Town town) {
        return towns.getObject().resident(town.near().garden(), town.near().unit());
    }
}
