// SPDX-License-Identifier: Apache-2.0
package noom.socketio;

import java.time.Duration;
import noom.socketio.engine.EngineConfig;

/// How many events one connection may send, in all its namespaces together; a join counts as one,
/// so leaving and coming again earns nothing. An event over the rate is dropped: its ack, if it
/// wants one, says `{"error":"rate-limited"}`; a join is refused with that message; too many of
/// them in a window close the connection.
///
/// @param eventsPerSecond in the long run, positive; infinite is no limit
/// @param burst events at once after a rest, at least 1
/// @param strikes dropped events within the window that close the connection, at least 1
/// @param strikeWindow how long a dropped event counts
public record EventRate(double eventsPerSecond, int burst, int strikes, Duration strikeWindow) {
    /// No limit, as the official server.
    public static final EventRate UNLIMITED =
            new EventRate(
                    Double.POSITIVE_INFINITY,
                    Integer.MAX_VALUE,
                    Integer.MAX_VALUE,
                    EngineConfig.UNLIMITED_TIME);

    /// @throws IllegalArgumentException if a number is out of its range
    public EventRate {
        if (!(eventsPerSecond > 0) || burst < 1 || strikes < 1) {
            throw new IllegalArgumentException("event rate, burst and strikes must be positive");
        }
        if (!strikeWindow.isPositive()) {
            throw new IllegalArgumentException("strikeWindow must be positive");
        }
    }
}
