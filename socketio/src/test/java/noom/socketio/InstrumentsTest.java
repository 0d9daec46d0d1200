// SPDX-License-Identifier: Apache-2.0
package noom.socketio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import noom.socketio.engine.VirtualLoop;
import org.junit.jupiter.api.Test;

/// The hooks for those who watch a server: rooms, connections, transports.
class InstrumentsTest {
    private final VirtualLoop loop = new VirtualLoop();
    private final SocketIoServer io = new SocketIoServer();
    private final List<Socket> sockets = new ArrayList<>();
    private final List<String> heard = new ArrayList<>();

    private ScriptedClient client() {
        if (sockets.isEmpty()) {
            io.onConnection(sockets::add);
        }
        return ScriptedClient.connected(io, loop);
    }

    private final class Rooms implements RoomListener {
        @Override
        public void onJoined(String socketId, String room) {
            boolean isIn = io.adapter().rooms().get(room).contains(socketId);
            heard.add("+" + (room.equals(socketId) ? "own" : room) + (isIn ? "" : " too early"));
        }

        @Override
        public void onLeft(String socketId, String room) {
            heard.add("-" + (room.equals(socketId) ? "own" : room));
        }
    }

    private final class Connections implements ConnectionObserver {
        @Override
        public void onOpened(String transport) {
            heard.add("opened " + transport);
        }

        @Override
        public void onUpgraded() {
            heard.add("upgraded");
        }

        @Override
        public void onClosed(String transport, DisconnectReason reason) {
            heard.add("closed " + transport + " " + reason.text());
        }

        @Override
        public void onReceived(int sizeBytes) {
            heard.add("received " + sizeBytes);
        }

        @Override
        public void onSent(int sizeBytes) {
            heard.add("sent " + sizeBytes);
        }
    }

    @Test
    void rooms_tell_every_change_once_and_after_it() {
        io.of("/").onRooms(new Rooms());
        var client = client();
        var socket = sockets.getFirst();

        socket.join("a", "b");
        socket.join("b", "c");
        socket.leave("a");
        socket.leave("a");
        socket.leave("never");
        client.hangUp();
        socket.join("late");

        assertThat(heard).containsExactly("+own", "+a", "+b", "+c", "-a", "-own", "-b", "-c");
    }

    @Test
    void rooms_tell_what_many_sockets_do_at_once() {
        client();
        client();
        io.of("/").onRooms(new Rooms());

        io.socketsJoin("x");
        io.to("x").socketsLeave("x", "y");

        assertThat(heard).containsExactly("+x", "+x", "-x", "-x");
    }

    @Test
    void a_listener_that_fails_changes_nothing() {
        io.of("/")
                .onRooms(
                        new RoomListener() {
                            @Override
                            public void onJoined(String socketId, String room) {
                                throw new IllegalStateException("no");
                            }

                            @Override
                            public void onLeft(String socketId, String room) {}
                        });
        io.of("/").onRooms(new Rooms());

        client();
        sockets.getFirst().join("a");

        assertThat(sockets.getFirst().rooms()).contains("a");
        assertThat(heard).containsExactly("+own", "+a");
    }

    @Test
    void who_asks_to_be_first_hears_of_a_socket_first() {
        io.onConnection(_ -> heard.add("application"));
        io.of("/").onConnectionFirst(_ -> heard.add("instrument"));

        client();

        assertThat(heard).containsExactly("instrument", "application");
    }

    @Test
    void a_connection_is_observed_from_its_first_to_its_last_byte() {
        io.observe(new Connections());
        var client = ScriptedClient.polling(io, loop);

        client.post("2[\"ä\"]".replace("2[\"ä\"]", "0"));
        client.upgrade();
        client.hangUp();

        assertThat(heard.stream().filter(what -> !what.startsWith("sent")))
                .containsExactly(
                        "opened polling",
                        "received 1",
                        "upgraded",
                        "closed websocket transport close");
        assertThat(heard).anyMatch(what -> what.startsWith("sent"));
        assertThat(io.connectionCount()).isZero();
    }

    @Test
    void text_is_counted_in_bytes_and_binary_too() {
        io.observe(new Connections());
        var client = client();
        heard.clear();

        client.send("51-[\"ä\",{\"_placeholder\":true,\"num\":0}]");
        client.sendBinary((byte) 1, (byte) 2);
        sockets.getFirst().emit("ä");
        loop.settle();

        assertThat(heard).containsExactly("received 39", "received 2", "sent 7");
        assertThat(io.connectionCount()).isEqualTo(1);
    }

    @Test
    void there_is_one_observer() {
        io.observe(new Connections());

        assertThatThrownBy(() -> io.observe(new Connections()))
                .isInstanceOf(IllegalStateException.class);
    }

    @Test
    void a_socket_knows_its_transport_and_hears_of_a_better_one() {
        io.onConnection(
                socket -> {
                    sockets.add(socket);
                    socket.onTransport(heard::add);
                });
        var client = ScriptedClient.polling(io, loop);
        client.post("0");
        assertThat(sockets.getFirst().transport()).isEqualTo("polling");

        client.upgrade();

        assertThat(sockets.getFirst().transport()).isEqualTo("websocket");
        assertThat(heard).containsExactly("websocket");
        client.send("0/");
        client();
        assertThat(sockets.getLast().transport()).isEqualTo("websocket");
    }

    @Test
    void a_handshake_knows_when_it_was_and_whether_it_was_secure() {
        client();

        var handshake = sockets.getFirst().handshake();

        assertThat(handshake.secure()).isTrue();
        assertThat(handshake.issuedMillis()).isEqualTo(loop.epochMillis());
        var told = Handshake.of(handshake.toObject());
        assertThat(told.secure()).isTrue();
        assertThat(told.issuedMillis()).isEqualTo(handshake.issuedMillis());
        assertThat(Handshake.of(java.util.Map.of()).issuedMillis()).isZero();
    }
}
