// SPDX-License-Identifier: Apache-2.0
package noom.bench.meeting;

import java.util.Locale;

/// What came of a while of media.
///
/// @param streams that were received
/// @param published packets that left the publishers
/// @param expected packets at receivers, if none were lost
/// @param delivered packets that arrived and could be read
/// @param worstLoss of any one stream
/// @param delays from the publisher's call of the system to the receiver's socket
/// @param direct the same from thread to thread without a server between, under the same load
/// @param cores that the server, its media thread and the clients used, in processors
/// @param drops for which sockets had no room
record Figures(
        double seconds,
        int streams,
        long published,
        long expected,
        long delivered,
        double worstLoss,
        Delays delays,
        Delays direct,
        Cores cores,
        Proc.Drops drops) {
    static final double MOST_LOSS = 0.005;

    /// A thread that uses this much has no time left to speak of.
    static final double SATURATED = 0.95;

    private static final double PERCENT = 100;

    /// Processors in use, on average.
    record Cores(double server, Proc.ThreadTime media, double clients) {}

    double loss() {
        return expected == 0 ? 1 : (double) (expected - delivered) / expected;
    }

    double deliveredPerSecond() {
        return delivered / seconds;
    }

    boolean isSaturated() {
        return cores.media().seconds() >= SATURATED;
    }

    /// Whether it was too much for somebody.
    boolean isTooMuch() {
        return loss() > MOST_LOSS || isSaturated();
    }

    /// Who could not do more, as far as figures tell.
    String limitedBy() {
        if (isSaturated()) {
            return "the server's thread %s, which was busy all the time"
                    .formatted(cores.media().name());
        }
        if (loss() <= MOST_LOSS) {
            return "nothing yet";
        }
        if (drops.clients() > drops.server()) {
            return "the clients, whose sockets were full";
        }
        return drops.server() > 0
                ? "the server's socket, which was full"
                : "something between the server's turn and the clients' sockets";
    }

    /// One line.
    String line() {
        return String.format(
                Locale.ROOT,
                "%,9.0f packets/s to %4d streams, loss %.3f %% (worst %.3f %%), delay p50 %.2f ms p99 %.2f ms, CPU server %.2f (%s %.2f) clients %.2f of a core, no room: server %d clients %d",
                deliveredPerSecond(),
                streams,
                loss() * PERCENT,
                worstLoss * PERCENT,
                delays.percentileMillis(50),
                delays.percentileMillis(99),
                cores.server(),
                cores.media().name(),
                cores.media().seconds(),
                cores.clients(),
                drops.server(),
                drops.clients());
    }
}
