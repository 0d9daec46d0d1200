// SPDX-License-Identifier: Apache-2.0
package noom.socketio;

/// Hears of connections and of what they carry, for instruments; see [SocketIoServer#observe].
///
/// Called on the web loops, for every message: it must not block, throw, or call the server.
public interface ConnectionObserver {
    /// A client has come.
    ///
    /// @param transport `polling` or `websocket`
    void onOpened(String transport);

    /// A WebSocket has taken over from polling.
    void onUpgraded();

    /// A connection has ended; the last that is heard of it.
    ///
    /// @param transport what carried it at the end
    void onClosed(String transport, DisconnectReason reason);

    /// A message came.
    void onReceived(int sizeBytes);

    /// A message is on its way.
    void onSent(int sizeBytes);
}
