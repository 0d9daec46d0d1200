// SPDX-License-Identifier: Apache-2.0
package noom.socketio.adapter;

import java.time.Duration;

/// How servers of a cluster watch and wait for each other.
///
/// @param heartbeatInterval from a server's last notice to its heartbeat
/// @param heartbeatTimeout from a server's last message until it counts as dead
/// @param requestTimeout how long answers of servers are awaited if nobody says it
public record ClusterTimings(
        Duration heartbeatInterval, Duration heartbeatTimeout, Duration requestTimeout) {
    /// The official adapters' values: 5 s, 10 s, 5 s.
    public static final ClusterTimings DEFAULT =
            new ClusterTimings(
                    Duration.ofSeconds(5), Duration.ofSeconds(10), InMemoryAdapter.DEFAULT_TIMEOUT);

    /// @throws IllegalArgumentException if one is not positive
    public ClusterTimings {
        if (!heartbeatInterval.isPositive()
                || !heartbeatTimeout.isPositive()
                || !requestTimeout.isPositive()) {
            throw new IllegalArgumentException("cluster timings must be positive");
        }
    }
}
