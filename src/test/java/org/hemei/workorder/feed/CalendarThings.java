package org.hemei.workorder.feed;

import java.util.Optional;
import org.hemei.RoomThings;
import org.hemei.platform.Reader;
import org.hemei.testing.Town;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** The private address of a calendar of the near side. */
@Component
class CalendarThings implements RoomThings {

    private final CalendarFeeds feeds;

    CalendarThings(CalendarFeeds feeds) {
        this.feeds = feeds;
    }

    @Override
    public Optional<String> thing(String name, Town town, @Nullable Reader caller) {
        return name.equals("$calendar") ? Optional.of(feeds.make(town.near().staff())) : Optional.empty();
    }
}
