// SPDX-License-Identifier: Apache-2.0
package noom.socketio.engine;

/// The transports a server offers; a request for another gets 400, code 0.
///
/// @param polling HTTP long-polling
/// @param webSocket WebSocket, from the start
/// @param upgrades from polling to WebSocket in mid-session
public record Transports(boolean polling, boolean webSocket, boolean upgrades) {
    /// Both, with upgrades.
    public static final Transports ALL = new Transports(true, true, true);

    boolean offers(String name) {
        return switch (name) {
            case "polling" -> polling;
            case "websocket" -> webSocket;
            default -> false;
        };
    }
}
