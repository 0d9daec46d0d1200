// SPDX-License-Identifier: Apache-2.0
package noom.socketio.redis;

import java.io.IOException;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import noom.socketio.adapter.ClusterFormat;
import noom.socketio.adapter.ClusterMessage.Envelope;
import noom.socketio.adapter.StoredSession;
import noom.socketio.msgpack.MessagePack;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/// Cluster messages and sessions as the official Redis Streams adapter 0.3 writes them.
///
/// An entry of the stream has the fields `uid`, `nsp`, `type` and, unless empty, `data`: JSON, or
/// base64 of MessagePack where there are bytes. A message on a channel is MessagePack as a whole.
final class ClusterCodec {
    /// Deeper than any packet that a server of ours takes.
    private static final int MAX_DEPTH = 256;

    private static final JsonMapper JSON = JsonMapper.shared();

    private ClusterCodec() {}

    /// The namespace of an entry, null if it is no message.
    static @Nullable String namespace(Map<String, String> fields) {
        return fields.get("nsp");
    }

    static Map<String, String> toFields(Envelope envelope) {
        var fields = new LinkedHashMap<String, String>();
        fields.put("uid", envelope.nodeId());
        fields.put("nsp", envelope.namespace());
        fields.put("type", String.valueOf(ClusterFormat.type(envelope.message())));
        var data = ClusterFormat.data(envelope.message());
        if (!data.isEmpty()) {
            fields.put("data", hasBytes(data) ? base64(data) : JSON.writeValueAsString(data));
        }
        return fields;
    }

    /// Empty if it is not a message.
    static Optional<Envelope> fromFields(Map<String, String> fields) {
        var namespace = fields.get("nsp");
        var nodeId = fields.get("uid");
        var type = fields.get("type");
        if (namespace == null || nodeId == null || type == null) {
            return Optional.empty();
        }
        try {
            var data = parseData(fields.getOrDefault("data", "{}"));
            return data instanceof Map<?, ?> map
                    ? envelope(nodeId, namespace, Integer.parseInt(type), map)
                    : Optional.empty();
        } catch (IOException | JacksonException | IllegalArgumentException _) {
            return Optional.empty();
        }
    }

    private static @Nullable Object parseData(String data) throws IOException {
        return data.startsWith("{")
                ? JSON.readValue(data, Object.class)
                : MessagePack.read(Base64.getDecoder().decode(data), MAX_DEPTH);
    }

    static byte[] toPayload(Envelope envelope) {
        var message = new LinkedHashMap<String, @Nullable Object>();
        message.put("uid", envelope.nodeId());
        message.put("nsp", envelope.namespace());
        message.put("type", ClusterFormat.type(envelope.message()));
        var data = ClusterFormat.data(envelope.message());
        if (!data.isEmpty()) {
            message.put("data", data);
        }
        return MessagePack.write(message);
    }

    /// Empty if it is not a message.
    static Optional<Envelope> fromPayload(byte[] payload) {
        try {
            return MessagePack.read(payload, MAX_DEPTH) instanceof Map<?, ?> message
                            && message.get("uid") instanceof String nodeId
                            && message.get("nsp") instanceof String namespace
                            && message.get("type") instanceof Integer type
                    ? envelope(
                            nodeId,
                            namespace,
                            type,
                            message.get("data") instanceof Map<?, ?> data ? data : Map.of())
                    : Optional.empty();
        } catch (IOException _) {
            return Optional.empty();
        }
    }

    private static Optional<Envelope> envelope(
            String nodeId, String namespace, int type, Map<?, ?> data) {
        return Optional.ofNullable(ClusterFormat.parse(type, namespace, data))
                .map(message -> new Envelope(nodeId, namespace, message));
    }

    static String toText(StoredSession session) {
        var fields = new LinkedHashMap<String, @Nullable Object>();
        fields.put("sid", session.sid());
        fields.put("pid", session.pid());
        fields.put("rooms", session.rooms());
        fields.put("data", session.data());
        return base64(fields);
    }

    /// Empty if it is not a session.
    static Optional<StoredSession> fromText(String text) {
        try {
            return MessagePack.read(Base64.getDecoder().decode(text), MAX_DEPTH) instanceof Map<?, ?> fields
                            && fields.get("sid") instanceof String sid
                            && fields.get("pid") instanceof String pid
                            && fields.get("rooms") instanceof List<?> rooms
                    ? Optional.of(
                            new StoredSession(
                                    sid,
                                    pid,
                                    rooms.stream().map(String::valueOf).toList(),
                                    fields.get("data")))
                    : Optional.empty();
        } catch (IOException | IllegalArgumentException _) {
            return Optional.empty();
        }
    }

    private static String base64(Map<String, @Nullable Object> tree) {
        return Base64.getEncoder().encodeToString(MessagePack.write(tree));
    }

    private static boolean hasBytes(@Nullable Object tree) {
        return switch (tree) {
            case byte[] _ -> true;
            case List<?> list -> list.stream().anyMatch(ClusterCodec::hasBytes);
            case Map<?, ?> map -> map.values().stream().anyMatch(ClusterCodec::hasBytes);
            case null, default -> false;
        };
    }
}
