// SPDX-License-Identifier: Apache-2.0
package noom.socketio.engine;

import java.time.Duration;

/// What may wait for a client that does not take it. Over a limit the session ends at once with
/// `transport error`; nobody else waits for it.
///
/// @param maxUnsentBytes UTF-8 and binary bytes not yet given to the transport, at least 1
/// @param maxUnsentPackets Engine.IO packets likewise, at least 1
/// @param stallTimeout how long something may wait while nothing at all goes out
public record OutputLimits(long maxUnsentBytes, int maxUnsentPackets, Duration stallTimeout) {
    /// 16 MiB. The official server has no limit; a client that never reads ends by its heartbeat.
    public static final OutputLimits DEFAULT =
            new OutputLimits(16L << 20, Integer.MAX_VALUE, EngineConfig.UNLIMITED_TIME);

    /// @throws IllegalArgumentException if a limit is not positive
    public OutputLimits {
        if (maxUnsentBytes < 1 || maxUnsentPackets < 1 || !stallTimeout.isPositive()) {
            throw new IllegalArgumentException("output limits must be positive");
        }
    }
}
