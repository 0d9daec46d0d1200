// SPDX-License-Identifier: Apache-2.0
package noom.rtc;

import noom.rtc.limit.TokenBucket;

/// Keeps a peer within its [IntakeLimit].
///
/// Owner: that of the transport.
final class Intake {
    private final TokenBucket packets;
    private final TokenBucket bytes;

    Intake(IntakeLimit limit, long nowNanos) {
        packets = new TokenBucket(limit.packetsPerSecond(), nowNanos);
        bytes = new TokenBucket(limit.bytesPerSecond(), nowNanos);
    }

    /// Whether a datagram of that length is within the limit; it is counted then.
    boolean take(int lengthBytes, long nowNanos) {
        if (!packets.hasTokens(1, nowNanos) || !bytes.hasTokens(lengthBytes, nowNanos)) {
            return false;
        }
        packets.take(1, nowNanos);
        bytes.take(lengthBytes, nowNanos);
        return true;
    }
}
