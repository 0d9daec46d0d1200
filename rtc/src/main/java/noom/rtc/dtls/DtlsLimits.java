// SPDX-License-Identifier: Apache-2.0
package noom.rtc.dtls;

import java.time.Duration;

/// What the handshakes of one server may cost.
///
/// @param maxRunning handshakes at once, at least 1
/// @param maxWaiting peers that wait for one of these to end; one more is refused
/// @param handshakeLimit from the peer's first datagram to the keys, waiting included
/// @param maxQueuedDatagrams of one peer, that its thread has not come to yet
public record DtlsLimits(
        int maxRunning, int maxWaiting, Duration handshakeLimit, int maxQueuedDatagrams) {
    private static final int RUNNING_PER_CORE = 4;
    private static final int MAX_WAITING = 256;
    private static final Duration HANDSHAKE_LIMIT = Duration.ofSeconds(30);
    private static final int MAX_QUEUED_DATAGRAMS = 64;

    /// @throws IllegalArgumentException for numbers with which nobody could connect
    public DtlsLimits {
        boolean isPositive = handshakeLimit.isPositive();
        if (maxRunning < 1 || maxWaiting < 0 || maxQueuedDatagrams < 1 || !isPositive) {
            throw new IllegalArgumentException("limits with which nobody could connect");
        }
    }

    /// What suits a machine.
    ///
    /// @param cores processors that it has
    public static DtlsLimits ofCores(int cores) {
        return new DtlsLimits(
                RUNNING_PER_CORE * cores, MAX_WAITING, HANDSHAKE_LIMIT, MAX_QUEUED_DATAGRAMS);
    }
}
