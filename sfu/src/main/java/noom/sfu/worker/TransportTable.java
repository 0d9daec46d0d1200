// SPDX-License-Identifier: Apache-2.0
package noom.sfu.worker;

import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;
import noom.rtc.Demux;
import noom.rtc.ice.IceLite;
import noom.rtc.stun.StunMessage;
import org.jspecify.annotations.Nullable;

/// Whose a datagram is: a check names its receiver, and everything else comes from an address that
/// a check has proved.
///
/// A proof is the transport's to judge; it tells by [#bind] and [#unbind]. An address belongs to
/// the last transport that proved it, as a browser may use one again.
///
/// Owner: the media worker.
///
/// @param <T> a transport
final class TransportTable<T> {
    private final Map<String, T> byUfrag = new HashMap<>();
    private final Map<InetSocketAddress, T> byAddress = new HashMap<>();
    private final StunMessage message = new StunMessage();

    /// Checks with this fragment are this transport's.
    ///
    /// @throws IllegalStateException if they are another's
    void add(String ufrag, T transport) {
        var before = byUfrag.putIfAbsent(ufrag, transport);
        if (before != null && !before.equals(transport)) {
            throw new IllegalStateException("a ufrag is used twice");
        }
    }

    /// The transport has proved this address.
    void bind(InetSocketAddress address, T transport) {
        byAddress.put(address, transport);
    }

    /// The transport has forgotten this address.
    void unbind(InetSocketAddress address, T transport) {
        byAddress.remove(address, transport);
    }

    /// Forgets a transport.
    void remove(T transport) {
        byUfrag.values().removeIf(transport::equals);
        byAddress.values().removeIf(transport::equals);
    }

    /// The owner of a datagram, or null.
    ///
    /// @param datagram on the heap; borrowed, not changed
    @Nullable T find(ByteBuffer datagram, InetSocketAddress from) {
        var bytes = datagram.array();
        int offset = datagram.arrayOffset() + datagram.position();
        if (Demux.of(bytes, offset, datagram.remaining()) != Demux.STUN) {
            return byAddress.get(from);
        }
        if (!message.wrap(bytes, offset, datagram.remaining())) {
            return null;
        }
        var ufrag = IceLite.ufragOf(message);
        return ufrag == null ? null : byUfrag.get(ufrag);
    }

    /// Addresses that are known.
    int addressCount() {
        return byAddress.size();
    }

    /// Fragments that are known.
    int ufragCount() {
        return byUfrag.size();
    }
}
