// SPDX-License-Identifier: Apache-2.0
package noom.bench.forward;

import java.net.InetSocketAddress;

/// A forwarder on our own UDP port.
sealed interface PortForwarder extends Forwarder permits SkeletonForwarder, RouterForwarder {
    /// Where it takes packets, and by which they leave.
    CountedPort counted();

    @Override
    default InetSocketAddress address() {
        return counted().port().localAddress();
    }

    @Override
    default long threadId() {
        return counted().threadId();
    }

    @Override
    default long sentCount() {
        return counted().sentCount();
    }

    @Override
    default void close() {
        counted().close();
    }
}
