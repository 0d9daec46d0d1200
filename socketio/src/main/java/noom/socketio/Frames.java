// SPDX-License-Identifier: Apache-2.0
package noom.socketio;

import java.util.ArrayList;
import java.util.List;
import noom.socketio.engine.EnginePacket;
import noom.socketio.protocol.EncodedPacket;
import noom.socketio.protocol.Packet;
import noom.socketio.protocol.PacketEncoder;

/// A Socket.IO packet as Engine.IO messages: made once, sent to any number of sessions.
record Frames(List<EnginePacket> messages) {
    static Frames of(EncodedPacket packet) {
        if (packet.attachments().isEmpty()) {
            return new Frames(List.of(EnginePacket.TextMessage.of(packet.text())));
        }
        var messages = new ArrayList<EnginePacket>();
        messages.add(EnginePacket.TextMessage.of(packet.text()));
        for (var bytes : packet.attachments()) {
            messages.add(EnginePacket.BinaryMessage.of(bytes));
        }
        return new Frames(messages);
    }

    static Frames of(Packet packet) {
        return of(PacketEncoder.encode(packet));
    }
}
