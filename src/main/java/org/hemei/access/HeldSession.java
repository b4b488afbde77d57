package org.hemei.access;

import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.session.Session;

/** A session that knows whether anything happened to it that is worth a write. Being used is, once a minute. */
final class HeldSession implements Session {

    private static final Duration ACCESS_WRITTEN_AFTER = Duration.ofMinutes(1);

    private final Session inner;
    private Instant lastWritten;
    private boolean changed;

    private HeldSession(Session inner, boolean changed) {
        this.inner = inner;
        this.lastWritten = inner.getLastAccessedTime();
        this.changed = changed;
    }

    static HeldSession fresh(Session inner) {
        return new HeldSession(inner, true);
    }

    static HeldSession read(Session inner) {
        return new HeldSession(inner, false);
    }

    Session inner() {
        return inner;
    }

    boolean worthWriting() {
        return changed
                || Duration.between(lastWritten, inner.getLastAccessedTime()).compareTo(ACCESS_WRITTEN_AFTER) >= 0;
    }

    void written() {
        lastWritten = inner.getLastAccessedTime();
        changed = false;
    }

    @Override
    public String getId() {
        return inner.getId();
    }

    @Override
    public String changeSessionId() {
        changed = true;
        return inner.changeSessionId();
    }

    @Override
    @SuppressWarnings("TypeParameterUnusedInFormals") // the interface is like that
    public <T> @Nullable T getAttribute(String name) {
        return inner.getAttribute(name);
    }

    @Override
    public Set<String> getAttributeNames() {
        return inner.getAttributeNames();
    }

    @Override
    public void setAttribute(String name, @Nullable Object value) {
        if (value == null) {
            removeAttribute(name);
        } else {
            changed = true;
            inner.setAttribute(name, value);
        }
    }

    @Override
    public void removeAttribute(String name) {
        if (inner.getAttribute(name) != null) {
            changed = true;
            inner.removeAttribute(name);
        }
    }

    @Override
    public Instant getCreationTime() {
        return inner.getCreationTime();
    }

    @Override
    public void setLastAccessedTime(Instant at) {
        inner.setLastAccessedTime(at);
    }

    @Override
    public Instant getLastAccessedTime() {
        return inner.getLastAccessedTime();
    }

    @Override
    public void setMaxInactiveInterval(Duration length) {
        changed = changed || !length.equals(inner.getMaxInactiveInterval());
        inner.setMaxInactiveInterval(length);
    }

    @Override
    public Duration getMaxInactiveInterval() {
        return inner.getMaxInactiveInterval();
    }

    @Override
    public boolean isExpired() {
        return inner.isExpired();
    }
}
