// SPDX-License-Identifier: Apache-2.0
package noom.sfu.worker;

import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
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
    private final Listener listener;

    /// Hears of what changes.
    interface Listener {
        /// Checks with this fragment are somebody's here.
        void onAdded(String ufrag);

        /// They are nobody's any more.
        void onRemoved(String ufrag);

        /// This address is somebody's here.
        void onBound(InetSocketAddress address);

        /// It is nobody's any more.
        void onUnbound(InetSocketAddress address);
    }

    TransportTable(Listener listener) {
        this.listener = listener;
    }

    /// Checks with this fragment are this transport's.
    ///
    /// @throws IllegalStateException if they are another's
    void add(String ufrag, T transport) {
        var before = byUfrag.putIfAbsent(ufrag, transport);
        if (before != null && !before.equals(transport)) {
            throw new IllegalStateException("a ufrag is used twice");
        }
        listener.onAdded(ufrag);
    }

    /// The transport has proved this address.
    void bind(InetSocketAddress address, T transport) {
        byAddress.put(address, transport);
        listener.onBound(address);
    }

    /// The transport has forgotten this address.
    void unbind(InetSocketAddress address, T transport) {
        if (byAddress.remove(address, transport)) {
            listener.onUnbound(address);
        }
    }

    /// Somebody elsewhere has proved this address: who had it here is not told.
    void forget(InetSocketAddress address) {
        byAddress.remove(address);
    }

    /// Forgets a transport.
    void remove(T transport) {
        remove(byUfrag, transport, listener::onRemoved);
        remove(byAddress, transport, listener::onUnbound);
    }

    private static <K, T> void remove(Map<K, T> from, T transport, Consumer<K> removed) {
        var gone = new ArrayList<K>();
        from.forEach(
                (key, value) -> {
                    if (value.equals(transport)) {
                        gone.add(key);
                    }
                });
        from.keySet().removeAll(gone);
        gone.forEach(removed);
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
