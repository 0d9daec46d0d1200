// SPDX-License-Identifier: Apache-2.0
package noom.server.udp;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.datagram.DatagramPacket;
import io.vertx.core.datagram.DatagramSocket;
import io.vertx.core.datagram.DatagramSocketOptions;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import noom.rtc.stun.StunResponder;

/// The UDP port: answers STUN Binding requests, says nothing to anything else.
public final class StunPort {
    private final DatagramSocket socket;
    private final StunResponder responder = new StunResponder(System.nanoTime());

    private StunPort(DatagramSocket socket) {
        this.socket = socket;
        socket.handler(this::onPacket);
        socket.exceptionHandler(
                e ->
                        System.getLogger("noom.udp")
                                .log(System.Logger.Level.DEBUG, "UDP: {0}", e.toString()));
    }

    /// Opens the port.
    ///
    /// @param host an address of this machine; `::` for all, of both families
    public static Future<StunPort> open(Vertx vertx, String host, int port) {
        var options = new DatagramSocketOptions().setIpV6(host.contains(":"));
        return vertx.createDatagramSocket(options).listen(port, host).map(StunPort::new);
    }

    /// Stops answering.
    public Future<Void> close() {
        return socket.close();
    }

    private void onPacket(DatagramPacket packet) {
        var sender = packet.sender();
        byte[] answer;
        try {
            // A literal address: nothing is looked up.
            var source =
                    new InetSocketAddress(
                            InetAddress.getByName(sender.hostAddress()), sender.port());
            answer = responder.answer(packet.data().getBytes(), source, System.nanoTime());
        } catch (UnknownHostException _) {
            return;
        }
        if (answer != null) {
            // Lost answers are asked for again by whoever wants them (RFC 8489 §6.2.1).
            var _ = socket.send(Buffer.buffer(answer), sender.port(), sender.hostAddress());
        }
    }
}
