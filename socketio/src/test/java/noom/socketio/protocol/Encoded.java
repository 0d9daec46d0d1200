// SPDX-License-Identifier: Apache-2.0
package noom.socketio.protocol;

import java.util.ArrayList;
import java.util.List;

/// The parts of a packet that travels as JSON.
final class Encoded {
    private Encoded() {}

    static String text(EncodedPacket packet) {
        return ((EncodedPacket.Text) packet.messages().getFirst()).text();
    }

    static List<byte[]> attachments(EncodedPacket packet) {
        var attachments = new ArrayList<byte[]>();
        for (var message : packet.messages().subList(1, packet.messages().size())) {
            attachments.add(((EncodedPacket.Binary) message).bytes());
        }
        return attachments;
    }
}
