// SPDX-License-Identifier: Apache-2.0
package noom.sfu.sim;

import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/// The worker's randomness. First numbers of streams lie near the ends of their circles more often
/// than chance would have it, so that meetings of seconds see them come round.
final class ServerRandom implements RandomGenerator {
    private static final int SEQ_HALF = 1 << 15;
    private static final int CIRCLE = 1 << 16;

    /// Far enough from the end that a receiver surely gets something before it: who does not
    /// cannot know the rollover counter (RFC 3711 §3.3.1).
    private static final int SAFE = 150;

    private final SplittableRandom random;

    ServerRandom(SplittableRandom random) {
        this.random = random;
    }

    @Override
    public long nextLong() {
        return random.nextLong();
    }

    /// Of sequence numbers and picture ids, which are asked for alike. One in three lies beyond
    /// the bound, in the upper half of the circle: who takes all sixteen bits of it comes round
    /// within the meeting, and who takes fifteen does so too.
    @Override
    public int nextInt(int bound) {
        if (bound != SEQ_HALF) {
            return random.nextInt(bound);
        }
        return switch (random.nextInt(3)) {
            case 0 -> CIRCLE - SAFE - random.nextInt(200);
            case 1 -> SEQ_HALF - 1 - random.nextInt(40);
            default -> random.nextInt(bound);
        };
    }
}
