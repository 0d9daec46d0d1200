// SPDX-License-Identifier: Apache-2.0
package noom.socketio;

/// Decides whether an event of a socket reaches its handlers; runs on the socket's handler thread
/// and may block.
@FunctionalInterface
public interface EventMiddleware {
    /// True lets the event pass; false drops it without a word. [EventRefusedException] drops it
    /// and
    /// tells the client, any other exception ends its connection.
    boolean admits(EventArguments event) throws Exception;
}
