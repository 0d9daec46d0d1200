// SPDX-License-Identifier: Apache-2.0
package noom.rtc.dtls;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;

/// Lets a limited number of handshakes run at once, has a limited number wait their turn, and
/// refuses the rest, so that a hundred people who join together do not slow each other down, nor
/// the media of those who are there.
///
/// Shared by the owners of endpoints and their virtual threads. Memory order: who runs and who
/// waits is one immutable value, changed by compare-and-set; whoever's change wins starts what it
/// has let in, after it. So no limit is ever exceeded, none waits while there is a place, and
/// each entry is started once or never.
final class HandshakeAdmission {
    private final int maxRunning;
    private final int maxWaiting;
    private final AtomicReference<Places> places = new AtomicReference<>(new Places(0, List.of()));
    private final AtomicLong refused = new AtomicLong();

    /// Nobody waits while a place is free.
    private record Places(int running, List<Runnable> waiting) {
        Places with(Runnable start) {
            var more = new ArrayList<>(waiting);
            more.add(start);
            return new Places(running, List.copyOf(more));
        }

        Places without(Runnable start) {
            return new Places(
                    running, waiting.stream().filter(other -> !other.equals(start)).toList());
        }
    }

    HandshakeAdmission(int maxRunning, int maxWaiting) {
        this.maxRunning = maxRunning;
        this.maxWaiting = maxWaiting;
    }

    /// Asks for a place; `start` is run when there is one, now or by whoever leaves. [#leave] must
    /// follow then.
    ///
    /// @param start begins a handshake elsewhere and returns at once; waits at most once at a time
    /// @return false if it was refused
    boolean enter(Runnable start) {
        while (true) {
            var before = places.get();
            if (before.running < maxRunning) {
                if (places.compareAndSet(before, new Places(before.running + 1, List.of()))) {
                    start.run();
                    return true;
                }
            } else if (before.waiting.size() < maxWaiting) {
                if (places.compareAndSet(before, before.with(start))) {
                    return true;
                }
            } else {
                refused.incrementAndGet();
                return false;
            }
        }
    }

    /// Gives a place back; who waits longest gets it.
    void leave() {
        while (true) {
            var before = places.get();
            if (before.waiting.isEmpty()) {
                if (places.compareAndSet(before, new Places(before.running - 1, List.of()))) {
                    return;
                }
            } else {
                var next = before.waiting.getFirst();
                if (places.compareAndSet(before, before.without(next))) {
                    next.run();
                    return;
                }
            }
        }
    }

    /// Waits no longer. Nothing happens if it does not wait.
    void abandon(Runnable start) {
        places.updateAndGet(before -> before.without(start));
    }

    int runningCount() {
        return places.get().running;
    }

    int waitingCount() {
        return places.get().waiting.size();
    }

    long refusedCount() {
        return refused.get();
    }
}
