// SPDX-License-Identifier: Apache-2.0
package noom.socketio.adapter;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import noom.socketio.protocol.Packet;
import org.jspecify.annotations.Nullable;

/// Cluster messages as a number and a tree of plain objects, which a transport writes as JSON or
/// MessagePack: the official adapters' `type` and `data`. Any thread.
public final class ClusterFormat {
    private static final int EVENT = 2;
    private static final int BINARY_EVENT = 5;

    private ClusterFormat() {}

    /// The number of its kind, 1 to 13.
    public static int type(ClusterMessage message) {
        return switch (message) {
            case ClusterMessage.InitialHeartbeat _ -> 1;
            case ClusterMessage.Heartbeat _ -> 2;
            case ClusterMessage.Broadcast _ -> 3;
            case ClusterMessage.SocketsJoin _ -> 4;
            case ClusterMessage.SocketsLeave _ -> 5;
            case ClusterMessage.DisconnectSockets _ -> 6;
            case ClusterMessage.FetchSockets _ -> 7;
            case ClusterMessage.FetchSocketsResponse _ -> 8;
            case ClusterMessage.ServerSideEmit _ -> 9;
            case ClusterMessage.ServerSideEmitResponse _ -> 10;
            case ClusterMessage.BroadcastClientCount _ -> 11;
            case ClusterMessage.BroadcastAck _ -> 12;
            case ClusterMessage.AdapterClose _ -> 13;
        };
    }

    /// Its `data`; empty for the kinds that have none (1, 2, 13).
    public static Map<String, @Nullable Object> data(ClusterMessage message) {
        var data = new LinkedHashMap<String, @Nullable Object>();
        switch (message) {
            case ClusterMessage.InitialHeartbeat _,
                    ClusterMessage.Heartbeat _,
                    ClusterMessage.AdapterClose _ -> {}
            case ClusterMessage.Broadcast broadcast -> {
                data.put("packet", packet(broadcast.packet()));
                data.put("opts", options(broadcast.selection(), broadcast.flags()));
                putRequestId(data, broadcast.requestId());
            }
            case ClusterMessage.SocketsJoin(var selection, var flags, var rooms) -> {
                data.put("opts", options(selection, flags));
                data.put("rooms", rooms);
            }
            case ClusterMessage.SocketsLeave(var selection, var flags, var rooms) -> {
                data.put("opts", options(selection, flags));
                data.put("rooms", rooms);
            }
            case ClusterMessage.DisconnectSockets(var selection, var flags, var close) -> {
                data.put("opts", options(selection, flags));
                data.put("close", close);
            }
            case ClusterMessage.FetchSockets(var selection, var flags, var requestId) -> {
                data.put("opts", options(selection, flags));
                data.put("requestId", requestId);
            }
            case ClusterMessage.ServerSideEmit emit -> {
                data.put("packet", emit.data());
                putRequestId(data, emit.requestId());
            }
            case ClusterMessage.Response response -> putResponse(data, response);
        }
        return data;
    }

    private static void putRequestId(Map<String, @Nullable Object> data, @Nullable String id) {
        if (id != null) { // its mere presence asks for answers
            data.put("requestId", id);
        }
    }

    private static void putResponse(
            Map<String, @Nullable Object> data, ClusterMessage.Response response) {
        data.put("requestId", response.requestId());
        switch (response) {
            case ClusterMessage.FetchSocketsResponse(_, var sockets) ->
                    data.put("sockets", sockets.stream().map(ClusterFormat::socket).toList());
            case ClusterMessage.ServerSideEmitResponse(_, var answer) -> data.put("packet", answer);
            case ClusterMessage.BroadcastClientCount(_, var count) ->
                    data.put("clientCount", count);
            case ClusterMessage.BroadcastAck(_, var answer) -> data.put("packet", answer);
        }
    }

    private static Map<String, @Nullable Object> packet(Packet.Event event) {
        var packet = new LinkedHashMap<String, @Nullable Object>();
        packet.put("type", EVENT);
        packet.put("data", event.data());
        packet.put("nsp", event.namespace());
        return packet;
    }

    private static Map<String, @Nullable Object> options(Selection selection, BroadcastFlags of) {
        var flags = new LinkedHashMap<String, @Nullable Object>();
        if (of.isVolatile()) {
            flags.put("volatile", true);
        }
        if (of.isLocal()) {
            flags.put("local", true);
        }
        if (!of.compress()) {
            flags.put("compress", false);
        }
        if (!of.timeout().isZero()) {
            flags.put("timeout", of.timeout().toMillis());
        }
        var options = new LinkedHashMap<String, @Nullable Object>();
        options.put("rooms", List.copyOf(selection.rooms()));
        options.put("except", List.copyOf(selection.except()));
        options.put("flags", flags);
        return options;
    }

    private static Map<String, @Nullable Object> socket(SocketDetails details) {
        var socket = new LinkedHashMap<String, @Nullable Object>();
        socket.put("id", details.id());
        socket.put("handshake", details.handshake());
        socket.put("rooms", details.rooms());
        socket.put("data", details.data());
        return socket;
    }

    /// The message with this number and these fields; fields it does not know are passed over.
    ///
    /// @param namespace whose message it is
    /// @param data empty if there is none
    /// @return null if it is none of the thirteen, or a field is missing or of another type
    public static @Nullable ClusterMessage parse(int type, String namespace, Map<?, ?> data) {
        try {
            return parse(type, namespace, new Fields(data));
        } catch (Fields.Malformed _) {
            return null;
        }
    }

    private static @Nullable ClusterMessage parse(int type, String namespace, Fields data) {
        return switch (type) {
            case 1 -> new ClusterMessage.InitialHeartbeat();
            case 2 -> new ClusterMessage.Heartbeat();
            case 3 ->
                    new ClusterMessage.Broadcast(
                            parsePacket(namespace, data.object("packet")),
                            parseSelection(data),
                            parseFlags(data),
                            data.stringOrNull("requestId"));
            case 4 ->
                    new ClusterMessage.SocketsJoin(
                            parseSelection(data), parseFlags(data), data.strings("rooms"));
            case 5 ->
                    new ClusterMessage.SocketsLeave(
                            parseSelection(data), parseFlags(data), data.strings("rooms"));
            case 6 ->
                    new ClusterMessage.DisconnectSockets(
                            parseSelection(data), parseFlags(data), data.isTrue("close"));
            case 7 ->
                    new ClusterMessage.FetchSockets(
                            parseSelection(data), parseFlags(data), data.string("requestId"));
            case 9 ->
                    new ClusterMessage.ServerSideEmit(
                            data.list("packet"), data.stringOrNull("requestId"));
            case 13 -> new ClusterMessage.AdapterClose();
            default -> parseResponse(type, data);
        };
    }

    private static @Nullable ClusterMessage parseResponse(int type, Fields data) {
        return switch (type) {
            case 8 ->
                    new ClusterMessage.FetchSocketsResponse(
                            data.string("requestId"), parseSockets(data.list("sockets")));
            case 10 ->
                    new ClusterMessage.ServerSideEmitResponse(
                            data.string("requestId"), data.get("packet"));
            case 11 ->
                    new ClusterMessage.BroadcastClientCount(
                            data.string("requestId"), (int) data.count("clientCount"));
            case 12 ->
                    new ClusterMessage.BroadcastAck(data.string("requestId"), data.get("packet"));
            default -> null;
        };
    }

    private static Packet.Event parsePacket(String namespace, Fields packet) {
        long type = packet.count("type");
        var data = packet.list("data");
        if ((type != EVENT && type != BINARY_EVENT) || data.isEmpty()) {
            throw new Fields.Malformed();
        }
        return new Packet.Event(namespace, data, Packet.NO_ACK);
    }

    private static Selection parseSelection(Fields data) {
        var options = data.object("opts");
        return new Selection(set(options.strings("rooms")), set(options.strings("except")));
    }

    private static Set<String> set(List<String> items) {
        return new HashSet<>(items); // doubles are allowed
    }

    private static BroadcastFlags parseFlags(Fields data) {
        var options = data.object("opts");
        if (options.get("flags") == null) {
            return BroadcastFlags.NONE;
        }
        var flags = options.object("flags");
        long timeoutMillis = flags.get("timeout") == null ? 0 : flags.count("timeout");
        return new BroadcastFlags(
                flags.isTrue("volatile"),
                flags.isTrue("local"),
                !Boolean.FALSE.equals(flags.get("compress")),
                Duration.ofMillis(timeoutMillis));
    }

    private static List<SocketDetails> parseSockets(List<@Nullable Object> items) {
        var sockets = new ArrayList<SocketDetails>(items.size());
        for (var item : items) {
            var socket = Fields.of(item);
            sockets.add(
                    new SocketDetails(
                            socket.string("id"),
                            socket.objectOrEmpty("handshake"),
                            socket.strings("rooms"),
                            socket.get("data")));
        }
        return sockets;
    }
}
