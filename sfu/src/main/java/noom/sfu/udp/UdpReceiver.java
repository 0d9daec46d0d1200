// SPDX-License-Identifier: Apache-2.0
package noom.sfu.udp;

import java.net.InetSocketAddress;
import java.nio.ByteBuffer;

/// What a [UdpPort] tells its worker, on the port's event loop.
public interface UdpReceiver {
    /// A datagram came.
    ///
    /// @param datagram on the heap, from its position 0; borrowed until this returns, and may
    ///     be overwritten
    void onDatagram(ByteBuffer datagram, InetSocketAddress from);

    /// All that was waiting has been told. What was sent meanwhile leaves when this returns.
    void onTurnEnd();
}
