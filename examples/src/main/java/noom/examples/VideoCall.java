// SPDX-License-Identifier: Apache-2.0
package noom.examples;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.datagram.DatagramPacket;
import io.vertx.core.datagram.DatagramSocket;
import io.vertx.core.http.HttpServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.Set;
import noom.rtc.stun.StunResponder;
import noom.socketio.EventArguments;
import noom.socketio.EventRefusedException;
import noom.socketio.Socket;
import noom.socketio.SocketIoServer;
import noom.socketio.vertx.SocketIoHandler;

/// Stage 3: two people see, hear and write to each other, from browser to browser.
///
/// The server only introduces them. From a browser: `join_room(name)`, `offer(sdp, room)`,
/// `answer(sdp, room)`, `ice(candidate, room)`. To the other one in the room: `welcome()`,
/// `offer(sdp)`, `answer(sdp)`, `ice(candidate)`.
///
/// A room holds two, and only who is in it can send into it. On the UDP port of the same number a
/// STUN responder tells each browser under which address it is seen, so nobody else's server is
/// needed to get through a NAT.
public final class VideoCall {
    private static final int ROOM_MAX_CHARS = 64;
    private static final int PEOPLE_IN_A_CALL = 2;

    private final SocketIoServer io = new SocketIoServer();
    private final StunResponder stun = new StunResponder(System.nanoTime());
    private final DatagramSocket udp;

    private VideoCall(Vertx vertx) {
        io.onConnection(this::open);
        udp = vertx.createDatagramSocket();
        udp.handler(this::answerStun);
    }

    /// Starts the program.
    public static void main(String[] args) {
        var arguments = Arguments.parseOrExit(args);
        start(Vertx.vertx(), arguments).onSuccess(arguments::announce).onFailure(Arguments::fail);
    }

    static Future<HttpServer> start(Vertx vertx, Arguments arguments) {
        var call = new VideoCall(vertx);
        var pages =
                new Pages(
                        "video-call",
                        Map.of("title", () -> "Video call", "stunPort", call::stunPort));
        return vertx.createHttpServer(
                        arguments.applyTo(SocketIoHandler.serverOptions(call.io.config())))
                .requestHandler(new SocketIoHandler(vertx, call.io).orElse(pages))
                .listen()
                .compose(tcp -> call.udp.listen(tcp.actualPort(), arguments.host()).map(tcp));
    }

    private void open(Socket socket) {
        socket.on("join_room", event -> join(socket, event));
        for (var name : List.of("offer", "answer", "ice")) {
            socket.on(name, event -> relay(socket, event));
        }
    }

    private void join(Socket socket, EventArguments event) {
        var room = event.string(0);
        if (room.isBlank() || room.length() > ROOM_MAX_CHARS || isPrivate(room)) {
            throw new EventRefusedException("bad-room", "not a name for a room");
        }
        enter(socket, room);
        event.ack();
    }

    /// One at a time: each socket has a thread of its own, the last place may be wanted twice, and
    /// of two who come together only one may be told to begin.
    private synchronized void enter(Socket socket, String room) {
        var inside = io.adapter().rooms().getOrDefault(room, Set.of());
        if (inside.size() >= PEOPLE_IN_A_CALL && !inside.contains(socket.id())) {
            throw new EventRefusedException("room-full", "two are in a call already");
        }
        socket.rooms().stream().filter(r -> !isPrivate(r)).forEach(socket::leave);
        socket.join(room);
        socket.to(room).emit("welcome");
    }

    private void relay(Socket socket, EventArguments event) {
        var room = event.string(1);
        if (!socket.rooms().contains(room)) {
            throw new EventRefusedException("not-in-room", "the sender is not in the room");
        }
        socket.to(room).emit(event.name(), event.get(0));
    }

    /// Every socket has a private room named by its id.
    private boolean isPrivate(String room) {
        return io.adapter().sids().containsKey(room);
    }

    private void answerStun(DatagramPacket packet) {
        var sender = packet.sender();
        var source =
                new InetSocketAddress(InetAddress.ofLiteral(sender.hostAddress()), sender.port());
        byte[] answer = stun.answer(packet.data().getBytes(), source, System.nanoTime());
        if (answer != null) {
            udp.send(Buffer.buffer(answer), sender.port(), sender.hostAddress())
                    .onFailure(e -> System.out.println("answer not sent: " + e.getMessage()));
        }
    }

    private String stunPort() {
        return String.valueOf(udp.localAddress().port());
    }
}
