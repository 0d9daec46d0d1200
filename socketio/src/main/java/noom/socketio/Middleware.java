// SPDX-License-Identifier: Apache-2.0
package noom.socketio;

import org.jspecify.annotations.Nullable;

/// Decides whether a socket may join a namespace; runs on the socket's handler thread.
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
