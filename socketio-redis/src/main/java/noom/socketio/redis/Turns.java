// SPDX-License-Identifier: Apache-2.0
package noom.socketio.redis;

import java.util.concurrent.atomic.AtomicLong;

/// Numbers the turns of a loop, so that other threads can wait for the end of one.
///
/// Memory order: the loop counts a turn when it has ended, so what it did in it happens before
/// whatever follows [#awaitEnd].
final class Turns {
    private final AtomicLong ended = new AtomicLong();

    /// The number of the turn that runs; on the loop.
    long current() {
        return ended.get();
    }

    /// The turn that runs has ended; on the loop.
    void end() {
        ended.incrementAndGet();
    }

    /// Waits, for as long as a turn takes, until this one has ended. Not for the loop.
    void awaitEnd(long turn) {
        while (ended.get() <= turn) {
            Thread.onSpinWait();
        }
    }
}
