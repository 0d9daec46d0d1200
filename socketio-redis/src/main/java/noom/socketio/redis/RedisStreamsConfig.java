// SPDX-License-Identifier: Apache-2.0
package noom.socketio.redis;

import java.time.Duration;
import noom.socketio.adapter.ClusterTimings;

/// Names and sizes; all servers of a cluster must have the same, the official ones among them.
/// There they are called `streamName`, `channelPrefix`, `sessionKeyPrefix`, `maxLen`, `readCount`
/// and `blockTimeInMs`.
///
/// @param streamName of the stream with all lasting messages
/// @param channelPrefix of the channels for requests and answers
/// @param sessionKeyPrefix of the keys under which sessions wait, followed by their secrets
/// @param maxLength entries kept in the stream, about; recovery reaches no further back
/// @param readCount entries read at once, at least 1
/// @param blockTime how long a read waits for entries
/// @param publishTimeout how long an event waits for Redis before it is delivered on this server
///     alone; the others get it when Redis is back
/// @param timings heartbeats and requests
public record RedisStreamsConfig(
        String streamName,
        String channelPrefix,
        String sessionKeyPrefix,
        long maxLength,
        int readCount,
        Duration blockTime,
        Duration publishTimeout,
        ClusterTimings timings) {
    /// The official adapter's values, and one second for Redis.
    public static final RedisStreamsConfig DEFAULT =
            new RedisStreamsConfig(
                    "socket.io",
                    "socket.io",
                    "sio:session:",
                    10_000,
                    100,
                    Duration.ofSeconds(5),
                    Duration.ofSeconds(1),
                    ClusterTimings.DEFAULT);

    /// @throws IllegalArgumentException if a number is not positive
    public RedisStreamsConfig {
        if (maxLength < 1 || readCount < 1) {
            throw new IllegalArgumentException("maxLength and readCount must be positive");
        }
        if (!blockTime.isPositive() || !publishTimeout.isPositive()) {
            throw new IllegalArgumentException("times must be positive");
        }
    }

    /// The same with another stream and other channels, so that several clusters share one Redis.
    public RedisStreamsConfig withNames(String stream, String channels) {
        return new RedisStreamsConfig(
                stream,
                channels,
                sessionKeyPrefix,
                maxLength,
                readCount,
                blockTime,
                publishTimeout,
                timings);
    }

    /// The same with other timings.
    public RedisStreamsConfig with(ClusterTimings newTimings) {
        return new RedisStreamsConfig(
                streamName,
                channelPrefix,
                sessionKeyPrefix,
                maxLength,
                readCount,
                blockTime,
                publishTimeout,
                newTimings);
    }
}
