// SPDX-License-Identifier: Apache-2.0
package noom.socketio.admin;

import java.time.Duration;

/// What a binding lends to an [AdminUi]: time, ids and the facts of the process. From any thread.
public interface AdminHost {
    /// Nanoseconds from an arbitrary origin, never going back.
    long nowNanos();

    /// Milliseconds since 1970, for people to read.
    long epochMillis();

    /// An unguessable id of at least 120 random bits.
    String newId();

    /// Runs a task again and again, on a thread that may block, one run at a time.
    ///
    /// @return ends it
    Runnable every(Duration interval, Runnable task);

    /// The machine's name.
    String hostname();

    /// The process's number.
    long pid();

    /// How long the process has been running.
    Duration uptime();
}
