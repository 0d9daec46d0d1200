// SPDX-License-Identifier: Apache-2.0
package noom.socketio.admin;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import noom.socketio.ScriptedClient;
import noom.socketio.SocketIoServer;
import noom.socketio.engine.VirtualLoop;
import noom.socketio.protocol.DecodeResult;
import noom.socketio.protocol.Packet;
import noom.socketio.protocol.PacketLimits;
import noom.socketio.protocol.Parser;
import org.jspecify.annotations.Nullable;

/// The page, as far as its socket goes.
final class AdminPage {
    final ScriptedClient client;
    private final String answer;
    private final List<List<@Nullable Object>> heard = new ArrayList<>();

    /// @param auth JSON that it sends to join, empty for nothing
    AdminPage(SocketIoServer io, VirtualLoop loop, String auth) {
        client = new ScriptedClient(io, loop);
        client.send("0/admin," + auth);
        var texts = client.take();
        answer = texts.stream().filter(text -> !text.startsWith("2/admin,")).findFirst().orElse("");
        texts.forEach(this::decode);
    }

    /// Whether it is in.
    boolean isIn() {
        return answer.startsWith("0/admin,");
    }

    /// Why it is not.
    String refusal() {
        return answer;
    }

    private void decode(String text) {
        var decoder = Parser.JSON.newDecoder(PacketLimits.DEFAULT);
        if (decoder.receiveText(text) instanceof DecodeResult.Complete(Packet.Event event)) {
            heard.add(new ArrayList<>(event.data()));
        }
    }

    /// Everything since the last call: names, each with its arguments.
    List<List<@Nullable Object>> take() {
        client.take().forEach(this::decode);
        var taken = List.copyOf(heard);
        heard.clear();
        return taken;
    }

    /// The events' names since the last call.
    List<@Nullable Object> takeNames() {
        return take().stream().<@Nullable Object>map(List::getFirst).toList();
    }

    /// The arguments of the only event with this name since the last call.
    List<@Nullable Object> takeOne(String name) {
        var found = take().stream().filter(event -> name.equals(event.getFirst())).toList();
        if (found.size() != 1) {
            throw new AssertionError(name + " came " + found.size() + " times");
        }
        return found.getFirst().subList(1, found.getFirst().size());
    }

    /// Sends a command, as JSON without its brackets.
    void send(String json) {
        client.send("2/admin,[" + json + "]");
    }

    /// Sends a command and returns the answer.
    String ask(String json) {
        client.take().forEach(this::decode);
        client.send("2/admin,0[" + json + "]");
        return client.take().stream()
                .filter(text -> text.startsWith("3/admin,"))
                .findFirst()
                .orElse("none");
    }

    /// A JSON object that the decoder made.
    @SuppressWarnings("unchecked") // it makes objects with string keys only
    static Map<String, @Nullable Object> object(@Nullable Object value) {
        return (Map<String, @Nullable Object>) value;
    }

    /// A JSON array that the decoder made.
    @SuppressWarnings("unchecked") // any element is an Object
    static List<@Nullable Object> array(@Nullable Object value) {
        return (List<@Nullable Object>) value;
    }
}
