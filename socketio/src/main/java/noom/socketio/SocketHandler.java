// SPDX-License-Identifier: Apache-2.0
package noom.socketio;

/// Hears of something that concerns a socket, on the socket's handler thread: it may block, and
/// nothing else of this socket is heard of meanwhile.
///
/// An exception ends the client's connection (`forced server close`) and is reported to
/// [SocketIoServer#onHandlerError]; [EventRefusedException] is only told to the client.
///
/// @param <T> a [Socket], [EventArguments] or [DisconnectReason]
@FunctionalInterface
public interface SocketHandler<T> {
    /// Called once for each occasion, in their order.
    void handle(T occasion) throws Exception;
}
