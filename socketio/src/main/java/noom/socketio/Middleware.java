// SPDX-License-Identifier: Apache-2.0
package noom.socketio;

import org.jspecify.annotations.Nullable;

/// Decides whether a socket may join a namespace; runs on the socket's handler thread and may
/// block. Whoever is refused gets CONNECT_ERROR (Socket.IO protocol, revision 5, "Connection to a
/// namespace"); an exception refuses with `Internal server error`, and nobody is told why.
@FunctionalInterface
public interface Middleware {
    /// Must call `next` once, now or later, from any thread. The socket may join rooms already, but
    /// cannot send yet.
    void handle(Socket socket, Next next) throws Exception;

    /// How a middleware decides. Only the first call counts.
    interface Next {
        /// Lets the socket go on to the next middleware, or in.
        void proceed();

        /// Refuses it: the client gets `connect_error` with this message and data.
        ///
        /// @param data anything that has JSON, null for none
        void refuse(String message, @Nullable Object data);

        /// Refuses it with a message only.
        default void refuse(String message) {
            refuse(message, null);
        }
    }
}
