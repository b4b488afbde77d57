package org.hemei.platform.privacy;

import java.util.Optional;
import org.hemei.RoomThings;
import org.hemei.platform.Reader;
import org.hemei.testing.Town;
import org.hemei.testing.Towns;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Requests about personal data, for the route table. */
@Component
class PrivacyThings implements RoomThings {

    private final ObjectProvider<Towns> towns;
    private final PrivacyDesk desk;
    private final JdbcClient jdbc;

    PrivacyThings(ObjectProvider<Towns> towns, PrivacyDesk desk, JdbcClient jdbc) {
        this.jdbc = jdbc;
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
        // one at a time of each kind: an earlier thing of the same person makes room
        jdbc.sql(
                        "update privacy_request set state = 'withdrawn', answered_at = asked_at where account = ? and state = 'open'")
                .param(reader.account())
                .update();
        return String.valueOf(desk.ask(reader, PrivacyRequest.Kind.CORRECTION, "名字写错了"));
    }

    private Reader somebody(Town town) {
        return towns.getObject().resident(town.near().garden(), town.near().unit());
    }
}
