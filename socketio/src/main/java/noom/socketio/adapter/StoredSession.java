// SPDX-License-Identifier: Apache-2.0
package noom.socketio.adapter;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// What outlives a lost connection (connection state recovery).
///
/// @param sid the socket's public id, which it keeps
/// @param pid the secret by which the client asks for it: never log it
/// @param rooms its rooms when the connection was lost, its own among them
/// @param data what the application remembers of it, as plain objects
public record StoredSession(String sid, String pid, List<String> rooms, @Nullable Object data) {
    @Override
    public String toString() {
        return "StoredSession[" + sid + "]";
    }
}
