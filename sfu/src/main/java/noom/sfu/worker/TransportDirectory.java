// SPDX-License-Identifier: Apache-2.0
package noom.sfu.worker;

import java.net.InetSocketAddress;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.jspecify.annotations.Nullable;

/// On which worker a transport is, by what its datagrams show. Asked only for a datagram that the
/// worker whose socket got it does not know.
///
/// Shared by the workers of one port. Memory order: each entry changes by one call of a concurrent
/// map. An address belongs to the worker that bound it last, which is told whose it was, and tells
/// that one; whoever gives one up does so only if it is still its own. Who reads an entry that has
/// just changed gives a datagram to a worker that does not know it, and there it ends.
public final class TransportDirectory {
    private final ConcurrentMap<String, WorkerMailbox> byUfrag = new ConcurrentHashMap<>();
    private final ConcurrentMap<InetSocketAddress, WorkerMailbox> byAddress =
            new ConcurrentHashMap<>();

    /// Checks with this fragment go there.
    void add(String ufrag, WorkerMailbox owner) {
        byUfrag.put(ufrag, owner);
    }

    /// They go nowhere.
    void remove(String ufrag, WorkerMailbox owner) {
        byUfrag.remove(ufrag, owner);
    }

    /// What comes from this address goes there.
    ///
    /// @return where it went before, null for nowhere
    @Nullable WorkerMailbox bind(InetSocketAddress address, WorkerMailbox owner) {
        return byAddress.put(address, owner);
    }

    /// It goes nowhere, unless it is another's by now.
    void unbind(InetSocketAddress address, WorkerMailbox owner) {
        byAddress.remove(address, owner);
    }

    /// Where checks with this fragment go, or null.
    @Nullable WorkerMailbox find(String ufrag) {
        return byUfrag.get(ufrag);
    }

    /// Where everything else from this address goes, or null.
    @Nullable WorkerMailbox find(InetSocketAddress address) {
        return byAddress.get(address);
    }

    /// How much is known.
    int size() {
        return byUfrag.size() + byAddress.size();
    }
}
