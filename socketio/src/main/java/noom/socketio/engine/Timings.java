// SPDX-License-Identifier: Apache-2.0
package noom.socketio.engine;

import java.time.Duration;

/// The clockwork of a session (Engine.IO protocol, revision 4, "Heartbeat" and "Upgrade"); every
/// duration is positive.
///
/// @param pingInterval from a client's pong to the server's next ping
/// @param pingTimeout from a ping to the session's end if no pong came
/// @param upgradeTimeout from a WebSocket's opening beside a polling session to its end if it has
///     not taken over; the session survives it
public record Timings(Duration pingInterval, Duration pingTimeout, Duration upgradeTimeout) {
    /// 25 s, 20 s and 10 s, as the official server.
    public static final Timings DEFAULT =
            new Timings(Duration.ofSeconds(25), Duration.ofSeconds(20), Duration.ofSeconds(10));

    /// @throws IllegalArgumentException if a duration is not positive
    public Timings {
        if (!pingInterval.isPositive() || !pingTimeout.isPositive()) {
            throw new IllegalArgumentException("ping interval and timeout must be positive");
        }
        if (!upgradeTimeout.isPositive()) {
            throw new IllegalArgumentException("upgradeTimeout must be positive");
        }
    }
}
