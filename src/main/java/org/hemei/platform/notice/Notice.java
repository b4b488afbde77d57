package org.hemei.platform.notice;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** One message in an inbox. */
public record Notice(
        long id,
        Instant at,
        String title,
        String body,
        String link,
        @Nullable Instant readAt) {

    public boolean unread() {
        return readAt == null;
    }
}
