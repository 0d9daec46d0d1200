// SPDX-License-Identifier: Apache-2.0
package noom.socketio.adapter;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/// Where sessions wait for clients that lost their connection. Every method from any thread.
///
/// A recovery has two halves, so that nothing falls between them: the session is claimed; its
/// socket enters its rooms again, and what is sent to it from then on waits; only then are the
/// missed events read. An event that is in both is told apart by its offset, which is the last
/// item of its data.
public interface SessionStore {
    /// Keeps nothing: no client is ever recovered.
    SessionStore NONE =
            new SessionStore() {
                @Override
                public void persist(StoredSession session, long nowNanos) {}

                @Override
                public CompletableFuture<Optional<StoredSession>> claim(
                        String pid, String offset, long nowNanos) {
                    return CompletableFuture.completedFuture(Optional.empty());
                }

                @Override
                public CompletableFuture<Optional<List<List<@Nullable Object>>>> missed(
                        StoredSession session, String offset) {
                    return CompletableFuture.completedFuture(Optional.empty());
                }
            };

    /// Keeps a session, for the time that [RecoverySettings#window] says.
    ///
    /// Called while the socket is still in its rooms.
    ///
    /// @throws RuntimeException if it cannot be kept, for example for data that is not plain: then
    ///     the client comes back as a newcomer
    void persist(StoredSession session, long nowNanos);

    /// Takes the session with this secret; it can be taken once.
    ///
    /// @param offset of the last event that the client has got, by its own word
    /// @return empty if there is none, or if it is known already that the offset is
    CompletableFuture<Optional<StoredSession>> claim(String pid, String offset, long nowNanos);

    /// What a claimed session's client has not got: the data of each event, its offset last.
    ///
    /// @return empty if that is not known (any more): then the client is not recovered
    CompletableFuture<Optional<List<List<@Nullable Object>>>> missed(
            StoredSession session, String offset);
}
