// SPDX-License-Identifier: Apache-2.0
package noom.socketio;

import java.util.ArrayList;
import java.util.List;
import noom.socketio.engine.EnginePacket;
import noom.socketio.protocol.EncodedPacket;
import noom.socketio.protocol.Packet;
import noom.socketio.protocol.Parser;

/// A Socket.IO packet as Engine.IO messages: made once, sent to any number of sessions.
record Frames(List<EnginePacket> messages) {
    static Frames of(EncodedPacket packet, boolean mayCompress) {
        var messages = new ArrayList<EnginePacket>(packet.messages().size());
        for (var message : packet.messages()) {
            messages.add(
                    switch (message) {
                        case EncodedPacket.Text(var text) ->
                                EnginePacket.TextMessage.of(text, mayCompress);
                        case EncodedPacket.Binary binary ->
                                EnginePacket.BinaryMessage.of(binary.bytes(), mayCompress);
                    });
        }
        return new Frames(messages);
    }

    static Frames of(Packet packet, Parser parser) {
        return of(parser.encode(packet), true);
    }
}
