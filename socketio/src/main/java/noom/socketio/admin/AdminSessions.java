// SPDX-License-Identifier: Apache-2.0
package noom.socketio.admin;

import java.time.Duration;
import java.util.concurrent.CompletionStage;

/// Remembers who has logged in, so that a page that comes back need not ask again. Several servers
/// of a cluster may share one. From any thread.
public interface AdminSessions {
    /// A thousand sessions of a day each, gone with the process.
    static AdminSessions inMemory() {
        return inMemory(Duration.ofHours(24), 1_000);
    }

    /// Sessions in this process.
    ///
    /// @param lifetime from the login on, however often it is used
    /// @param maxSessions one more ends the oldest
    static AdminSessions inMemory(Duration lifetime, int maxSessions) {
        return new RememberedSessions(lifetime, maxSessions);
    }

    /// Whether a session was kept and has not expired.
    ///
    /// @return completed on any thread; a failure means no
    CompletionStage<Boolean> isKnown(String sessionId, long nowNanos);

    /// Keeps a new session; it must end by itself.
    void keep(String sessionId, long nowNanos);
}
