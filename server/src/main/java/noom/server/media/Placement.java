// SPDX-License-Identifier: Apache-2.0
package noom.server.media;

import java.util.concurrent.atomic.AtomicIntegerArray;

/// Which worker a meeting begins on, and which one a receiver is put on.
///
/// A meeting that is whole on one worker costs no hand-over at all, so receivers go to its home
/// until that carries enough to be worth helping. Shared by all workers: each number stands for
/// itself, and one that is a moment old places somebody as well as before.
final class Placement {
    /// So many tracks a receiver is taken to get besides those that it does: who comes before
    /// anybody shows anything will get some, and cannot move then.
    static final int RECEIVER_TRACKS = 8;

    private final AtomicIntegerArray transports;
    private final AtomicIntegerArray tracks;
    private final int spreadConsumers;

    /// @param workers 1 or more
    /// @param spreadConsumers tracks that a meeting's home sends before others help it
    Placement(int workers, int spreadConsumers) {
        transports = new AtomicIntegerArray(workers);
        tracks = new AtomicIntegerArray(workers);
        this.spreadConsumers = spreadConsumers;
    }

    /// Where a meeting begins: with the fewest transports, of all meetings.
    int home() {
        return fewest(transports, 0);
    }

    /// Where somebody receives.
    int receiver(int home) {
        return tracks.get(home) < spreadConsumers ? home : fewest(tracks, home + 1);
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

    /// Somebody receives there, or does not any more.
    void onReceivers(int worker, int change) {
        tracks.addAndGet(worker, change * RECEIVER_TRACKS);
    }

    /// They are to get tracks, or do not get them any more.
    void onConsumers(int worker, int change) {
        tracks.addAndGet(worker, change);
    }
}
