// SPDX-License-Identifier: Apache-2.0
package noom.socketio;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import noom.socketio.engine.EngineRefusal;
import noom.socketio.engine.EngineRequest;
import noom.socketio.engine.EngineSession;
import noom.socketio.engine.PollExchange;
import noom.socketio.engine.PostExchange;
import noom.socketio.engine.RecordingLink;
import noom.socketio.engine.VirtualHost;
import noom.socketio.engine.VirtualLoop;

/// A client on a WebSocket in virtual time; what it receives loses its Engine.IO type digit.
public final class ScriptedClient {
    /// Its WebSocket; a candidate while it polls.
    public final RecordingLink link = new RecordingLink();
    private final VirtualLoop loop;
    /// Its server's side of time and threads.
    public final VirtualHost host;
    private final EngineSession session;

    /// A client on a WebSocket that has joined nothing.
    public ScriptedClient(SocketIoServer server, VirtualLoop loop) {
        this(server, loop, true);
        link.take();
    }

    /// A client that polls; of what is sent to it only [#upgrade] shows something.
    public static ScriptedClient polling(SocketIoServer server, VirtualLoop loop) {
        return new ScriptedClient(server, loop, false);
    }

    private ScriptedClient(SocketIoServer server, VirtualLoop loop, boolean webSocket) {
        this.loop = loop;
        this.host = new VirtualHost(loop);
        var request =
                new EngineRequest(
                        "GET",
                        "/socket.io/?EIO=4&token=q",
                        Map.of("EIO", "4", "token", "q"),
                        Map.of("user-agent", List.of("script"), "cookie", List.of("c=1")),
                        "192.0.2.1",
                        webSocket,
                        true);
        this.session = new EngineSession("secret", server.config().engine(), host.nowNanos());
        var sink = server.accept(session, host, request);
        if (webSocket) {
            session.openFrames(sink, link, host.nowNanos());
        } else {
            session.openPolling(sink, new NoAnswer(), host.nowNanos());
        }
        host.watch(session);
        loop.settle();
    }

    /// Goes over from polling to the WebSocket.
    public void upgrade() {
        session.offerUpgrade(link, host.nowNanos());
        session.receiveText(link, "2probe", host.nowNanos());
        session.receiveText(link, "5", host.nowNanos());
        loop.settle();
    }

    /// Sends Socket.IO text by a POST.
    public void post(String text) {
        postRaw("4" + text);
    }

    /// Sends an Engine.IO payload by a POST.
    public void postRaw(String payload) {
        var exchange = new NoAnswer();
        session.beginPost(exchange, "text/plain");
        session.post(exchange, payload, host.nowNanos());
        loop.settle();
    }

    /// Joins the main namespace; the answer is thrown away.
    public static ScriptedClient connected(SocketIoServer server, VirtualLoop loop) {
        var client = new ScriptedClient(server, loop);
        client.send("0");
        client.take();
        return client;
    }

    /// Sends Socket.IO texts and lets the server do what comes of it.
    public void send(String... texts) {
        for (var text : texts) {
            session.receiveText(link, "4" + text, host.nowNanos());
        }
        host.rearm();
        loop.settle();
    }

    /// Sends binary data.
    public void sendBinary(byte... bytes) {
        session.receiveBinary(link, bytes, host.nowNanos());
        loop.settle();
    }

    /// Sends without letting the server do anything yet.
    public void sendOnly(String text) {
        session.receiveText(link, "4" + text, host.nowNanos());
    }

    /// Sends Engine.IO text as it is.
    public void sendRaw(String text) {
        session.receiveText(link, text, host.nowNanos());
        loop.settle();
    }

    /// The connection goes away.
    public void hangUp() {
        session.linkClosed(link, false);
        loop.settle();
    }

    /// The link takes more again.
    public void drained() {
        session.onWritable(link, host.nowNanos());
        loop.settle();
    }

    /// What came since the last call: texts, and `0x…` for binary.
    public List<String> take() {
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

    /// Whether the server still takes something from it.
    public boolean isOpen() {
        return session.isOpen();
    }

    private static final class NoAnswer implements PollExchange, PostExchange {
        @Override
        public void answer(String payload, boolean mayCompress) {}

        @Override
        public void accept() {}

        @Override
        public void abort() {}

        @Override
        public void refuse(EngineRefusal refusal) {}
    }
}
