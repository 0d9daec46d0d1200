// SPDX-License-Identifier: Apache-2.0
package noom.socketio.engine;

import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Bodies of long-polling requests and answers: packets joined by U+001E (Engine.IO protocol,
/// revision 4, "HTTP long-polling").
public final class PayloadCodec {
    private static final char SEPARATOR = '\u001e';

    private PayloadCodec() {}

    /// What a body held.
    ///
    /// @param packets those before the first bad one
    /// @param malformed why reading stopped; null if all was good
    public record Payload(List<EnginePacket> packets, @Nullable String malformed) {}

    /// Joins packets into one body.
    public static String encode(List<EnginePacket> packets) {
        if (packets.size() == 1) {
            return packets.getFirst().encoded();
        }
        var body = new StringBuilder();
        for (var packet : packets) {
            if (!body.isEmpty()) {
                body.append(SEPARATOR);
            }
            body.append(packet.encoded());
        }
        return body.toString();
    }

    /// Splits a body. The first packet that is not one, and the first over the limit, end it.
    ///
    /// @param maxPackets packets to take, from 1
    public static Payload decode(String body, int maxPackets) {
        var packets = new ArrayList<EnginePacket>();
        int start = 0;
        while (true) {
            int separator = body.indexOf(SEPARATOR, start);
            int end = separator < 0 ? body.length() : separator;
            if (packets.size() == maxPackets) {
                return new Payload(packets, "too many packets");
            }
            var packet = packet(body.substring(start, end));
            if (packet == null) {
                return new Payload(packets, "not a packet");
            }
            packets.add(packet);
            if (separator < 0) {
                return new Payload(packets, null);
            }
            start = separator + 1;
        }
    }

    private static @Nullable EnginePacket packet(String part) {
        if (!part.startsWith("b")) {
            return EnginePacket.parse(part);
        }
        try {
            return EnginePacket.BinaryMessage.of(Base64.getDecoder().decode(part.substring(1)));
        } catch (IllegalArgumentException _) {
            return null;
        }
    }
}
