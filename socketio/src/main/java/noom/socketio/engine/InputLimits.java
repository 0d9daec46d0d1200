// SPDX-License-Identifier: Apache-2.0
package noom.socketio.engine;

import java.time.Duration;

/// What a client may send at once. Integer limits are at least 1; `Integer.MAX_VALUE` is no limit.
///
/// @param maxPayloadBytes a POST body (over: 413) or a WebSocket message (over: closed). It is
///     announced to the client as `maxPayload`
/// @param maxPacketsPerPost over: 400, the session ends
/// @param maxFragments frames of one WebSocket message; over: closed
/// @param messageTimeout from a WebSocket message's first fragment to its last; over: closed
public record InputLimits(
        int maxPayloadBytes, int maxPacketsPerPost, int maxFragments, Duration messageTimeout) {
    /// One million bytes as the official server, which has none of the others.
    public static final InputLimits DEFAULT =
            new InputLimits(
                    1_000_000, Integer.MAX_VALUE, Integer.MAX_VALUE, EngineConfig.UNLIMITED_TIME);

    /// @throws IllegalArgumentException if a limit is not positive
    public InputLimits {
        if (maxPayloadBytes < 1 || maxPacketsPerPost < 1 || maxFragments < 1) {
            throw new IllegalArgumentException("input limits must be positive");
        }
        if (!messageTimeout.isPositive()) {
            throw new IllegalArgumentException("messageTimeout must be positive");
        }
    }
}
