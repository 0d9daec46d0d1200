// SPDX-License-Identifier: Apache-2.0
package noom.socketio;

import noom.socketio.adapter.BroadcastFlags;
import org.jspecify.annotations.Nullable;

/// How something is sent to one socket: each call changes a copy. May be used from any thread.
public final class SocketEmitter {
    private final Socket socket;
    private final BroadcastFlags flags;

    SocketEmitter(Socket socket, BroadcastFlags flags) {
        this.socket = socket;
        this.flags = flags;
    }

    /// Only if the client takes it at once.
    public SocketEmitter asVolatile() {
        return new SocketEmitter(socket, flags.asVolatile());
    }

    /// With this flag; see [Broadcast#compress].
    public SocketEmitter compress(boolean value) {
        return new SocketEmitter(socket, flags.withCompress(value));
    }

    /// Sends an event.
    ///
    /// @throws IllegalArgumentException for a reserved name, or an argument without JSON
    public void emit(String name, @Nullable Object... arguments) {
        socket.emit(flags, name, arguments);
    }
}
