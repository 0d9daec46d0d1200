// SPDX-License-Identifier: Apache-2.0
package noom.server.signal;

import java.time.Duration;
import java.util.Locale;
import noom.socketio.EventRate;
import noom.socketio.SocketIoConfig;
import noom.socketio.SocketLimits;
import noom.socketio.engine.AdmissionLimits;
import noom.socketio.engine.HandshakeRate;
import noom.socketio.engine.InputLimits;
import noom.socketio.engine.OutputLimits;
import noom.socketio.protocol.PacketLimits;

/// What a page may send: far more than ours ever does, far less than would hurt others.
final class SignalLimits {
    /// Body of a POST and message of a WebSocket.
    static final int MAX_PAYLOAD_BYTES = 256 * 1024;

    /// A dead line is known for dead within 16 s. TCP would wait for as long again as it was dead,
    /// and calls cannot look for another path without us.
    private static final Duration PING_INTERVAL = Duration.ofSeconds(8);

    private static final Duration PING_TIMEOUT = Duration.ofSeconds(8);
    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(10);
    private static final int MAX_UNCONNECTED = 2_000;

    /// A page sends objects in objects, no deeper than this by far.
    private static final PacketLimits PACKETS = new PacketLimits(10, 16, MAX_PAYLOAD_BYTES);

    /// Sessions in all leave files for the rest of the process; 200 from one address are an office
    /// behind one router. Handshakes come in crowds when the server was away.
    private static final AdmissionLimits ADMISSION =
            new AdmissionLimits(
                    14_000, 200, new HandshakeRate(500, 500), new HandshakeRate(20, 200));

    /// A page is in one namespace and in few rooms. Its events have paces of their own, by kind of
    /// request (`PageSession.Pace`); this one is above their sum, and ends who ignores it.
    private static final SocketLimits SOCKETS =
            SocketLimits.DEFAULT
                    .withMaxRooms(20)
                    .withMaxNamespaces(4)
                    .withMaxPendingAcks(256)
                    .withAckTimeout(Duration.ofSeconds(30))
                    .withAttachmentTimeout(Duration.ofSeconds(10))
                    .withEventRate(new EventRate(50, 300, 3, Duration.ofSeconds(60)));

    private SignalLimits() {}

    static SocketIoConfig config() {
        var defaults = SocketIoConfig.defaults();
        var engine =
                defaults.engine()
                        .with(new InputLimits(MAX_PAYLOAD_BYTES, 64, 64, Duration.ofSeconds(10)))
                        .with(new OutputLimits(4 << 20, 4_000, Duration.ofSeconds(20)))
                        .with(ADMISSION);
        return defaults.with(engine)
                .with(PACKETS)
                .with(SOCKETS)
                .withPing(PING_INTERVAL, PING_TIMEOUT)
                .withConnectTimeout(CONNECT_TIMEOUT)
                .withMaxUnconnected(MAX_UNCONNECTED)
                .withOrigins(SignalLimits::isSameOrigin);
    }

    /// A page of another site may not talk to us with this browser.
    static boolean isSameOrigin(String origin, String host) {
        String lower = origin.toLowerCase(Locale.ROOT);
        int scheme = lower.indexOf("://");
        return scheme > 0 && lower.substring(scheme + 3).equals(host.toLowerCase(Locale.ROOT));
    }
}
