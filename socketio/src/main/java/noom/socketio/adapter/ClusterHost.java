// SPDX-License-Identifier: Apache-2.0
package noom.socketio.adapter;

import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import noom.socketio.engine.SessionLoop;

/// What a transport between servers lends to one [ClusterAdapter]: a loop, time, ids, and the
/// moving of messages.
public interface ClusterHost {
    /// The loop that owns the adapter; from any thread.
    SessionLoop loop();

    /// Nanoseconds from an arbitrary origin, never going back; from any thread.
    long nowNanos();

    /// An id that no other request has, of at least 64 random bits; on the loop.
    String newId();

    /// Runs independent tasks on threads that may block; from any thread.
    Executor callbacks();

    /// A new executor that runs tasks in order, one at a time, on a thread that may block.
    Executor newHandlerThread();

    /// Looks again at [ClusterAdapter#nextDeadlineNanos()]; on the loop.
    void rearm();

    /// Sends to every other server of the namespace; on the loop. The sender may hear it too.
    ///
    /// @param message carries a [ClusterMessage.Notice]
    /// @return the message's offset, empty if it has none, completed in the order of the calls, on
    ///     any thread; fails if the message is lost
    CompletionStage<String> publish(ClusterMessage.Envelope message);

    /// Sends to one server; on the loop. Whether it arrives is not known.
    ///
    /// @param message carries a [ClusterMessage.Response]
    void respond(String nodeId, ClusterMessage.Envelope message);

    /// The adapter has ended and will neither send nor want anything; on the loop, once.
    default void closed() {}

    /// How many servers have this namespace, this one included, if the transport knows better than
    /// heartbeats tell; on the loop.
    default CompletionStage<OptionalInt> serverCount() {
        return CompletableFuture.completedFuture(OptionalInt.empty());
    }
}
