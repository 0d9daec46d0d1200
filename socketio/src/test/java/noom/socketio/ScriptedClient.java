// SPDX-License-Identifier: Apache-2.0
package noom.socketio;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import noom.socketio.engine.EngineRequest;
import noom.socketio.engine.EngineSession;
import noom.socketio.engine.RecordingLink;
import noom.socketio.engine.VirtualHost;
import noom.socketio.engine.VirtualLoop;

/// A client on a WebSocket in virtual time; what it receives loses its Engine.IO type digit.
final class ScriptedClient {
    final RecordingLink link = new RecordingLink();
    private final VirtualLoop loop;
    final VirtualHost host;
    private final EngineSession session;

    ScriptedClient(SocketIoServer server, VirtualLoop loop) {
        this.loop = loop;
        this.host = new VirtualHost(loop);
        var request =
                new EngineRequest(
                        "GET",
                        "/socket.io/?EIO=4&token=q",
                        Map.of("EIO", "4", "token", "q"),
                        Map.of("user-agent", List.of("script")),
                        "192.0.2.1",
                        true);
        this.session = new EngineSession("secret", server.config().engine(), host.nowNanos());
        var sink = server.accept(session, host, request);
        session.openFrames(sink, link, host.nowNanos());
        host.watch(session);
        loop.settle();
        link.take();
    }

    /// Joins the main namespace; the answer is thrown away.
    static ScriptedClient connected(SocketIoServer server, VirtualLoop loop) {
        var client = new ScriptedClient(server, loop);
        client.send("0");
        client.take();
        return client;
    }

    /// Sends Socket.IO texts and lets the server do what comes of it.
    void send(String... texts) {
        for (var text : texts) {
            session.receiveText(link, "4" + text, host.nowNanos());
        }
        host.rearm();
        loop.settle();
    }

    void sendBinary(byte... bytes) {
        session.receiveBinary(link, bytes, host.nowNanos());
        loop.settle();
    }

    /// Sends without letting the server do anything yet.
    void sendOnly(String text) {
        session.receiveText(link, "4" + text, host.nowNanos());
    }

    /// Sends Engine.IO text as it is.
    void sendRaw(String text) {
        session.receiveText(link, text, host.nowNanos());
        loop.settle();
    }

    void hangUp() {
        session.linkClosed(link, false);
        loop.settle();
    }

    void drained() {
        session.onWritable(link, host.nowNanos());
        loop.settle();
    }

    /// What came since the last call: texts, and `0x…` for binary.
    List<String> take() {
        loop.settle();
        var taken = new ArrayList<String>();
        for (var frame : link.take()) {
            taken.add(
                    frame instanceof byte[] bytes
                            ? "0x" + java.util.HexFormat.of().formatHex(bytes)
                            : withoutType((String) frame));
        }
        return taken;
    }

    private static String withoutType(String frame) {
        return frame.startsWith("4") ? frame.substring(1) : "engine " + frame;
    }

    boolean isOpen() {
        return session.isOpen();
    }
}
