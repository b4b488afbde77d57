package org.hemei.ballot;

import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.hemei.platform.crypto.Keys;
import org.springframework.context.annotation.Primary;
import org.springframework.stereotype.Component;

/** Three pairs in turn: a test makes hundreds of polls, a new pair takes a second, and neighbours still have different ones. */
@Component
@Primary
class FewKeys extends PollKeys {

    private static final int FEW = 3;

    /** Made when the first poll opens. */
    private static final class Pairs {
        static final List<BlindRsa.Pair> MADE =
                Stream.generate(BlindRsa::make).limit(FEW).toList();
    }

    private final AtomicInteger turn = new AtomicInteger();

    FewKeys(Keys keys, PollStore store, Boxes boxes) {
        super(keys, store, boxes);
    }

    @Override
    BlindRsa.Pair pair() {
        return Pairs.MADE.get(Math.floorMod(turn.getAndIncrement(), FEW));
    }
}
