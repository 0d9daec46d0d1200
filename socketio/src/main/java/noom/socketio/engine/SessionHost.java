// SPDX-License-Identifier: Apache-2.0
package noom.socketio.engine;

import java.util.concurrent.Executor;

/// What a binding lends to one session: its loop, time, ids and threads for handlers.
public interface SessionHost {
    /// The loop that owns the session; from any thread.
    SessionLoop loop();

    /// Nanoseconds from an arbitrary origin, never going back; from any thread.
    long nowNanos();

    /// Milliseconds since 1970, for people to read: they may go back. From any thread.
    long epochMillis();

    /// An unguessable id of at least 120 random bits, in characters that need no escaping in a URL
    /// or in JSON; from any thread.
    String newId();

    /// Looks again at [EngineSession#nextDeadlineNanos()]; on the loop.
    void rearm();

    /// A new executor that runs tasks in order, one at a time, on a thread that may block.
    Executor newHandlerThread();

    /// Runs independent tasks on threads that may block; from any thread.
    Executor callbacks();
}
