// SPDX-License-Identifier: Apache-2.0
package noom.testkit.net;

import java.net.InetSocketAddress;
import java.util.HashMap;
import java.util.Map;

/// A star of hosts around one server, in virtual time: what a host sends goes up its link, what
/// the server sends goes down that of whoever has the address by then.
///
/// With each datagram goes a note that no wire carries: what the sender knows of it, for whoever
/// judges what the receiver made of it.
///
/// Owner: one test thread.
///
/// @param <N> the note
public final class SimNet<N> {
    private final Map<InetSocketAddress, Line> lines = new HashMap<>();
    private final Receiver<N> server;

    /// Whoever gets datagrams.
    @FunctionalInterface
    public interface Receiver<N> {
        /// One has come.
        ///
        /// @param datagram the receiver's own
        /// @param isCopy whether it came before
        /// @param peer where it came from, or for a host: where it was sent to
        void receive(byte[] datagram, N note, boolean isCopy, InetSocketAddress peer);
    }

    /// A net of nobody but the server.
    public SimNet(Receiver<N> server) {
        this.server = server;
    }

    /// A host's socket, as the server sees it. Several may share links.
    public final class Line {
        private final Link up;
        private final Link down;
        private final Receiver<N> host;
        private InetSocketAddress address;

        private Line(InetSocketAddress address, Link up, Link down, Receiver<N> host) {
            this.address = address;
            this.up = up;
            this.down = down;
            this.host = host;
        }

        /// Where the server sees it.
        public InetSocketAddress address() {
            return address;
        }

        /// Sends to the server.
        public void send(byte[] datagram, N note) {
            var from = address;
            up.send(
                    datagram.length,
                    isCopy -> server.receive(datagram.clone(), note, isCopy, from));
        }

        /// The server sees it elsewhere from now on, as when a router forgets its mapping; what is
        /// under way to the old address is lost.
        public void move(InetSocketAddress next) {
            lines.remove(address, this);
            address = next;
            lines.put(next, this);
        }

        /// Nothing comes any more.
        public void detach() {
            lines.remove(address, this);
        }
    }

    /// Connects a host.
    public Line attach(InetSocketAddress address, Link up, Link down, Receiver<N> host) {
        var line = new Line(address, up, down, host);
        lines.put(address, line);
        return line;
    }

    /// The server sends; where nobody is, it is lost.
    public void send(byte[] datagram, N note, InetSocketAddress to) {
        var line = lines.get(to);
        if (line != null) {
            line.down.send(
                    datagram.length,
                    isCopy -> {
                        if (line.address.equals(to) && lines.get(to) == line) {
                            line.host.receive(datagram.clone(), note, isCopy, to);
                        }
                    });
        }
    }
}
