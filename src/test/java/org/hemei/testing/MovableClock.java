package org.hemei.testing;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicReference;
import org.hemei.platform.time.ToldTime;
import org.springframework.context.annotation.Primary;

/** The application's clock in tests: the real time, moved by as much as a test says. A test puts it back. */
@Primary
public class MovableClock implements InstantSource {

    private final AtomicReference<Duration> ahead = new AtomicReference<>(Duration.ZERO);

    @Override
    public Instant instant() {
        return ToldTime.over(() -> Clock.systemUTC().instant().plus(ahead.get()))
                .instant();
    }

    public void advance(Duration by) {
        ahead.updateAndGet(sofar -> sofar.plus(by));
    }

    public void set(Instant to) {
        ahead.set(Duration.between(Clock.systemUTC().instant(), to));
    }

    public void reset() {
        ahead.set(Duration.ZERO);
    }
}
