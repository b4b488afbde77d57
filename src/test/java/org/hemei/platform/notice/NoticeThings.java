package org.hemei.platform.notice;

import java.util.Optional;
import org.hemei.RoomThings;
import org.hemei.platform.Reader;
import org.hemei.testing.Town;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** What stands at the foot of a letter. */
@Component
class NoticeThings implements RoomThings {

    private final Unsubscribe unsubscribe;

    NoticeThings(Unsubscribe unsubscribe) {
        this.unsubscribe = unsubscribe;
    }

    @Override
    public Optional<String> thing(String name, Town town, @Nullable Reader caller) {
        return name.equals("$unsubscribe")
                ? Optional.of(unsubscribe.token(town.near().resident().account(), NoticeKinds.DUTIES.code()))
                : Optional.empty();
    }
}
