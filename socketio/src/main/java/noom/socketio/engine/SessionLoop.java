// SPDX-License-Identifier: Apache-2.0
package noom.socketio.engine;

/// One event loop; it owns the sessions that were opened on it. The same object for all of them.
public interface SessionLoop {
    /// Posts a task; from any thread. Tasks run one at a time in the order they were posted, and
    /// never inside this call.
    void execute(Runnable task);

    /// Whether the caller runs on this loop.
    boolean isCurrent();
}
