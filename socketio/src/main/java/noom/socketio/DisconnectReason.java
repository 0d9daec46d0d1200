// SPDX-License-Identifier: Apache-2.0
package noom.socketio;

import noom.socketio.engine.CloseReason;

/// Why a socket was disconnected, in the official server's words.
public enum DisconnectReason {
    /// The client left the namespace.
    CLIENT_NAMESPACE_DISCONNECT("client namespace disconnect"),
    /// [Socket#disconnect] was called.
    SERVER_NAMESPACE_DISCONNECT("server namespace disconnect"),
    /// The connection ended: a closed page, a lost network.
    TRANSPORT_CLOSE("transport close"),
    /// The connection failed or broke a rule of Engine.IO.
    TRANSPORT_ERROR("transport error"),
    /// The client did not answer a ping in time.
    PING_TIMEOUT("ping timeout"),
    /// The client sent something that is no Engine.IO packet.
    PARSE_ERROR("parse error"),
    /// The client sent something that is no Socket.IO packet.
    FORCED_CLOSE("forced close"),
    /// The client sent a packet that its state does not allow, or a handler failed.
    FORCED_SERVER_CLOSE("forced server close"),
    /// [SocketIoServer#close] was called.
    SERVER_SHUTTING_DOWN("server shutting down");

    private final String text;

    DisconnectReason(String text) {
        this.text = text;
    }

    /// The official text.
    public String text() {
        return text;
    }

    /// Whether a client may get its session back after it: all but when one side left on purpose.
    public boolean isRecoverable() {
        return this != CLIENT_NAMESPACE_DISCONNECT && this != SERVER_NAMESPACE_DISCONNECT;
    }

    static DisconnectReason of(CloseReason reason) {
        return switch (reason) {
            case TRANSPORT_CLOSE -> TRANSPORT_CLOSE;
            case TRANSPORT_ERROR -> TRANSPORT_ERROR;
            case PING_TIMEOUT -> PING_TIMEOUT;
            case PARSE_ERROR -> PARSE_ERROR;
            case FORCED_CLOSE -> FORCED_CLOSE;
        };
    }
}
