// SPDX-License-Identifier: Apache-2.0
package noom.socketio.msgpack;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import noom.socketio.msgpack.MessagePackReader.MalformedMessagePackException;
import noom.socketio.protocol.DecodeResult;
import noom.socketio.protocol.EncodedPacket;
import noom.socketio.protocol.Packet;
import noom.socketio.protocol.PacketDecoder;
import noom.socketio.protocol.PacketLimits;
import noom.socketio.protocol.Parser;
import org.jspecify.annotations.Nullable;

/// Packets as MessagePack, one binary message each, as the npm package `socket.io-msgpack-parser` 3
/// writes and reads them. Smaller than JSON when there are many numbers or binary data.
///
/// ```java
/// new SocketIoServer(SocketIoConfig.defaults().with(MessagePackParser.INSTANCE))
/// ```
/// A packet is a map: `type` (0 to 4), `nsp`, and where there is any `data` and `id`. Beyond what
/// JSON can say, an [java.time.Instant] travels as a date, and numbers may be infinite.
public final class MessagePackParser implements Parser {
    /// The only one; it has no state.
    public static final MessagePackParser INSTANCE = new MessagePackParser();

    private static final int CONNECT = 0;
    private static final int DISCONNECT = 1;
    private static final int EVENT = 2;
    private static final int ACK = 3;
    private static final int CONNECT_ERROR = 4;

    private MessagePackParser() {}

    @Override
    public EncodedPacket encode(Packet packet) {
        var fields = new LinkedHashMap<String, @Nullable Object>();
        switch (packet) {
            case Packet.Connect connect -> {
                fields.put("type", CONNECT);
                if (!connect.data().isEmpty()) {
                    fields.put("data", connect.data());
                }
            }
            case Packet.Disconnect _ -> fields.put("type", DISCONNECT);
            case Packet.ConnectError error -> {
                fields.put("type", CONNECT_ERROR);
                fields.put("data", error.data());
            }
            case Packet.Event event -> putData(fields, EVENT, event.data(), event.ackId());
            case Packet.Ack ack -> putData(fields, ACK, ack.data(), ack.ackId());
        }
        fields.put("nsp", packet.namespace());
        var writer = new MessagePackWriter();
        writer.write(fields);
        return new EncodedPacket(List.of(new EncodedPacket.Binary(writer.toBytes())));
    }

    private static void putData(
            Map<String, @Nullable Object> fields,
            int type,
            List<@Nullable Object> data,
            long ackId) {
        fields.put("type", type);
        fields.put("data", data);
        if (ackId != Packet.NO_ACK) {
            fields.put("id", ackId);
        }
    }

    /// Takes `maxJsonDepth` for the depth of `data`, and `maxPacketBytes`. Nothing travels apart,
    /// so there is no count of attachments.
    @Override
    public Decoder newDecoder(PacketLimits limits) {
        return new PacketReader(limits);
    }

    /// Keeps nothing between messages.
    private record PacketReader(PacketLimits limits) implements Decoder {
        @Override
        public DecodeResult receiveText(String text) {
            return new DecodeResult.Malformed("text");
        }

        @Override
        public DecodeResult receiveBinary(byte[] bytes) {
            if (bytes.length > limits.maxPacketBytes()) {
                return new DecodeResult.Malformed("packet too large");
            }
            try {
                // The packet itself is one level above its data.
                var reader = new MessagePackReader(bytes, limits.maxJsonDepth() + 1L);
                return new DecodeResult.Complete(packet(reader.readAll()));
            } catch (MalformedMessagePackException e) {
                return new DecodeResult.Malformed(String.valueOf(e.getMessage()));
            }
        }

        @Override
        public void reset() {}
    }

    private static Packet packet(@Nullable Object value) throws MalformedMessagePackException {
        if (!(value instanceof Map<?, ?> fields)) {
            throw new MalformedMessagePackException("packet is not a map");
        }
        if (!(fields.get("nsp") instanceof String namespace) || !namespace.startsWith("/")) {
            throw new MalformedMessagePackException("invalid namespace");
        }
        if (!(fields.get("type") instanceof Integer type)) {
            throw new MalformedMessagePackException("invalid packet type");
        }
        return switch (type) {
            case CONNECT -> {
                requireNoAck(fields);
                yield new Packet.Connect(
                        namespace, fields.containsKey("data") ? object(fields) : Map.of());
            }
            case DISCONNECT -> {
                requireNoAck(fields);
                if (fields.containsKey("data")) {
                    throw new MalformedMessagePackException("disconnect with a payload");
                }
                yield new Packet.Disconnect(namespace);
            }
            case EVENT -> new Packet.Event(namespace, eventData(fields), ackId(fields));
            case ACK -> {
                long id = ackId(fields);
                if (id == Packet.NO_ACK) {
                    throw new MalformedMessagePackException("ack without an id");
                }
                yield new Packet.Ack(namespace, array(fields), id);
            }
            case CONNECT_ERROR -> {
                requireNoAck(fields);
                yield new Packet.ConnectError(namespace, error(fields));
            }
            default -> throw new MalformedMessagePackException("invalid packet type");
        };
    }

    private static void requireNoAck(Map<?, ?> fields) throws MalformedMessagePackException {
        if (fields.containsKey("id")) {
            throw new MalformedMessagePackException("ack id on a packet that is never answered");
        }
    }

    private static long ackId(Map<?, ?> fields) throws MalformedMessagePackException {
        if (!fields.containsKey("id")) {
            return Packet.NO_ACK;
        }
        var id = fields.get("id");
        if (id instanceof Integer || id instanceof Long) {
            long number = ((Number) id).longValue();
            if (number >= 0 && number <= Packet.MAX_ACK_ID) {
                return number;
            }
        }
        throw new MalformedMessagePackException("invalid packet id");
    }

    private static Map<String, @Nullable Object> error(Map<?, ?> fields)
            throws MalformedMessagePackException {
        return fields.get("data") instanceof String message
                ? Map.of("message", message)
                : object(fields);
    }

    @SuppressWarnings("unchecked") // the reader makes maps with string keys only
    private static Map<String, @Nullable Object> object(Map<?, ?> fields)
            throws MalformedMessagePackException {
        if (fields.get("data") instanceof Map<?, ?> map) {
            return (Map<String, @Nullable Object>) map;
        }
        throw new MalformedMessagePackException("payload is not an object");
    }

    @SuppressWarnings("unchecked") // the reader makes lists of these objects only
    private static List<@Nullable Object> array(Map<?, ?> fields)
            throws MalformedMessagePackException {
        if (fields.get("data") instanceof List<?> list) {
            return (List<@Nullable Object>) list;
        }
        throw new MalformedMessagePackException("payload is not an array");
    }

    private static List<@Nullable Object> eventData(Map<?, ?> fields)
            throws MalformedMessagePackException {
        var list = array(fields);
        var problem = PacketDecoder.problemOfEvent(list);
        if (problem != null) {
            throw new MalformedMessagePackException(problem);
        }
        return list;
    }
}
