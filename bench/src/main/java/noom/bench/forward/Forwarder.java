// SPDX-License-Identifier: Apache-2.0
package noom.bench.forward;

import java.net.InetSocketAddress;
import java.util.List;

/// Forwards what comes to its port to all receivers, on one thread of its own.
interface Forwarder extends AutoCloseable {
    /// A way of doing it.
    enum Kind {
        /// As one would write it first: a blocking channel of the Java platform, a send for each
        /// packet.
        NAIVE,
        /// Our UDP port, and nothing but encryption between in and out.
        SKELETON,
        /// The SFU: a media worker with a router.
        ROUTER;

        Forwarder start(List<InetSocketAddress> receivers) {
            return switch (this) {
                case NAIVE -> new NaiveForwarder(receivers);
                case SKELETON -> new SkeletonForwarder(receivers);
                case ROUTER -> new RouterForwarder(receivers);
            };
        }
    }

    /// Where it takes packets.
    InetSocketAddress address();

    /// Packets will come from there.
    default void meet(InetSocketAddress from) {}

    /// The thread whose time and memory are measured.
    long threadId();

    /// How many packets have left; any thread may ask.
    long sentCount();

    @Override
    void close();
}
