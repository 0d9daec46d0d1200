// SPDX-License-Identifier: Apache-2.0
package noom.server.media;

import java.util.concurrent.atomic.AtomicIntegerArray;

/// Which worker a meeting begins on, and which one a receiver is put on.
///
/// A meeting that is whole on one worker costs no hand-over at all, so receivers go to its home
/// until that carries enough to be worth helping. Shared by all workers: each number stands for
/// itself, and one that is a moment old places somebody as well as before.
final class Placement {
    private final AtomicIntegerArray transports;
    private final AtomicIntegerArray consumers;
    private final int spreadConsumers;

    /// @param workers 1 or more
    /// @param spreadConsumers tracks that a meeting's home sends before others help it
    Placement(int workers, int spreadConsumers) {
        transports = new AtomicIntegerArray(workers);
        consumers = new AtomicIntegerArray(workers);
        this.spreadConsumers = spreadConsumers;
    }

    /// Where a meeting begins: with the fewest transports, of all meetings.
    int home() {
        return fewest(transports, 0);
    }

    /// Where somebody receives.
    int receiver(int home) {
        return consumers.get(home) < spreadConsumers ? home : fewest(consumers, home + 1);
    }

    /// @param first wins among equals, then those after it
    private static int fewest(AtomicIntegerArray counts, int first) {
        int best = first % counts.length();
        for (int i = 1; i < counts.length(); i++) {
            int next = (first + i) % counts.length();
            best = counts.get(next) < counts.get(best) ? next : best;
        }
        return best;
    }

    /// A transport opens, or closes.
    void onTransports(int worker, int change) {
        transports.addAndGet(worker, change);
    }

    /// Tracks are offered over a transport there, or not any more.
    void onConsumers(int worker, int change) {
        consumers.addAndGet(worker, change);
    }
}
