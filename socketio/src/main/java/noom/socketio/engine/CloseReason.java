// SPDX-License-Identifier: Apache-2.0
package noom.socketio.engine;

/// Why a session ended.
public enum CloseReason {
    /// The client said so, or its connection went away in an orderly manner.
    TRANSPORT_CLOSE,
    /// The client broke the protocol or a limit, or its connection failed.
    TRANSPORT_ERROR,
    /// A ping was not answered in time.
    PING_TIMEOUT,
    /// The client sent something that is no packet.
    PARSE_ERROR,
    /// The server closed it.
    FORCED_CLOSE
}
