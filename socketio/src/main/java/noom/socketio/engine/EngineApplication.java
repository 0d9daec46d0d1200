// SPDX-License-Identifier: Apache-2.0
package noom.socketio.engine;

/// What is built upon Engine.IO: Socket.IO, or an echo for a test.
@FunctionalInterface
public interface EngineApplication {
    /// Takes a new session, on its loop, before the client hears of it.
    ///
    /// @param request the handshake
    /// @return what hears of the session's events
    SessionSink accept(EngineSession session, SessionHost host, EngineRequest request);

    /// Whether newcomers are to be refused with 503; from any thread.
    default boolean isClosing() {
        return false;
    }
}
