// SPDX-License-Identifier: Apache-2.0
package noom.socketio;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import noom.socketio.engine.CloseReason;
import noom.socketio.engine.EnginePacket;
import noom.socketio.engine.EngineRequest;
import noom.socketio.engine.EngineSession;
import noom.socketio.engine.SessionHost;
import noom.socketio.engine.SessionSink;
import noom.socketio.protocol.DecodeResult;
import noom.socketio.protocol.Packet;
import noom.socketio.protocol.Parser;
import org.jspecify.annotations.Nullable;

/// One client's connection: decodes its messages and knows its namespaces.
///
/// What it hears from the session it answers by tasks on the loop, never within the call.
///
/// Owner: the web loop of its session.
final class Connection implements SessionSink {
    private static final int PUBLIC_ID_CHARS = 12;

    private final SocketIoServer server;
    private final long number;
    private final EngineSession session;
    private final SessionHost host;
    private final EngineRequest request;
    private final Parser.Decoder decoder;
    private final Map<String, Membership> memberships = new HashMap<>();
    private final Set<String> leftByServer = new HashSet<>();
    private final EventBudget budget;
    private final @Nullable ConnectionObserver observer;
    private String transport;
    private State state = State.OPEN;
    private Runnable onGone = () -> {};
    private long connectNanos;
    private long attachmentsNanos = Long.MAX_VALUE;
    private long packetBytes;
    private long queuedEvents;
    private long queuedBytes;

    private enum State {
        OPEN,
        CLOSED
    }

    Connection(
            SocketIoServer server,
            long number,
            EngineSession session,
            SessionHost host,
            EngineRequest request) {
        this.server = server;
        this.number = number;
        this.session = session;
        this.host = host;
        this.request = request;
        this.decoder = config().parser().newDecoder(config().packets());
        this.budget = new EventBudget(config().sockets().eventRate(), host.nowNanos());
        this.observer = server.observer();
        this.transport = request.wantsWebSocket() ? "websocket" : "polling";
        this.connectNanos = host.nowNanos() + server.config().connectTimeout().toNanos();
        if (observer != null) {
            observer.onOpened(transport);
        }
    }

    SocketIoConfig config() {
        return server.config();
    }

    /// Connections of a server count from 0 as they come.
    long number() {
        return number;
    }

    SessionHost host() {
        return host;
    }

    String transport() {
        return transport;
    }

    /// A name for the connection that does not give the session's secret away.
    String publicId() {
        try {
            var digest = MessageDigest.getInstance("SHA-256");
            var hash = digest.digest(session.sid().getBytes(StandardCharsets.UTF_8));
            return Base64.getUrlEncoder().encodeToString(hash).substring(0, PUBLIC_ID_CHARS);
        } catch (NoSuchAlgorithmException e) { // every Java has it
            throw new IllegalStateException(e);
        }
    }

    Handshake handshake(Map<String, @Nullable Object> auth) {
        return new Handshake(
                auth,
                request.query(),
                request.headers(),
                request.remoteAddress(),
                request.url(),
                request.secure(),
                host.epochMillis());
    }

    @Override
    public void onText(String text, long nowNanos) {
        if (observer != null) {
            observer.onReceived(EnginePacket.TextMessage.utf8Length(text));
        }
        if (state == State.OPEN) {
            packetBytes = text.length();
            onDecoded(decoder.receiveText(text), nowNanos);
        }
    }

    @Override
    public void onBinary(byte[] bytes, long nowNanos) {
        if (observer != null) {
            observer.onReceived(bytes.length);
        }
        if (state == State.OPEN) {
            packetBytes += bytes.length;
            onDecoded(decoder.receiveBinary(bytes), nowNanos);
        }
    }

    @Override
    public void onUpgrade() {
        transport = "websocket";
        memberships.values().forEach(membership -> membership.onTransport(transport));
        if (observer != null) {
            observer.onUpgraded();
        }
    }

    @Override
    public boolean wantsMore() {
        var limits = config().sockets();
        return queuedEvents <= limits.maxQueuedEvents() && queuedBytes <= limits.maxQueuedBytes();
    }

    @Override
    public void onClose(CloseReason reason) {
        end(DisconnectReason.of(reason));
        server.onGone(this);
        if (observer != null) {
            observer.onClosed(transport, DisconnectReason.of(reason));
        }
        host.callbacks().execute(onGone);
    }

    @Override
    public long nextDeadlineNanos() {
        long next = Math.min(connectNanos, attachmentsNanos);
        for (var membership : memberships.values()) {
            next = Math.min(next, membership.nextDeadlineNanos());
        }
        return next;
    }

    @Override
    public void advance(long nowNanos) {
        if (nowNanos >= connectNanos || nowNanos >= attachmentsNanos) {
            fail(DisconnectReason.FORCED_SERVER_CLOSE);
            return;
        }
        memberships.values().forEach(membership -> membership.advance(nowNanos));
    }

    private void onDecoded(DecodeResult result, long nowNanos) {
        switch (result) {
            case DecodeResult.Complete(var packet) -> {
                attachmentsNanos = Long.MAX_VALUE;
                receive(packet, nowNanos);
                packetBytes = 0;
            }
            case DecodeResult.Awaiting _ -> {
                if (attachmentsNanos == Long.MAX_VALUE) {
                    attachmentsNanos = nowNanos + config().sockets().attachmentTimeout().toNanos();
                }
            }
            case DecodeResult.Malformed _ -> fail(DisconnectReason.FORCED_CLOSE);
        }
    }

    private void receive(Packet packet, long nowNanos) {
        var membership = memberships.get(packet.namespace());
        if (packet instanceof Packet.Connect connect && membership == null) {
            if (budget.take(nowNanos)) {
                connect(connect);
            } else {
                refuseLater(connect.namespace(), "rate-limited");
                strike(nowNanos);
            }
            return;
        }
        if (membership == null || !membership.isIn()) {
            // The client may not know yet that the server made it leave.
            if (!leftByServer.contains(packet.namespace()) || membership != null) {
                fail(DisconnectReason.FORCED_SERVER_CLOSE);
            }
            return;
        }
        switch (packet) {
            case Packet.Event event -> {
                if (budget.take(nowNanos)) {
                    membership.receive(event, packetBytes);
                } else {
                    membership.refuse(event);
                    strike(nowNanos);
                }
            }
            case Packet.Ack ack -> membership.receive(ack);
            case Packet.Disconnect _ -> {
                memberships.remove(packet.namespace());
                membership.end(DisconnectReason.CLIENT_NAMESPACE_DISCONNECT);
            }
            case Packet.Connect _, Packet.ConnectError _ ->
                    fail(DisconnectReason.FORCED_SERVER_CLOSE);
        }
    }

    /// A packet over the rate has been refused; one too many closes, after the refusals went out.
    private void strike(long nowNanos) {
        if (budget.strike(nowNanos)) {
            host.loop().execute(() -> fail(DisconnectReason.FORCED_SERVER_CLOSE));
        }
    }

    private void connect(Packet.Connect connect) {
        if (memberships.size() >= config().sockets().maxNamespaces()) {
            refuseLater(
                    connect.namespace(),
                    server.namespaces().containsKey(connect.namespace())
                            ? "Too many namespaces"
                            : "Invalid namespace");
            return;
        }
        var namespace = server.enter(connect.namespace(), handshake(connect.data()));
        if (namespace == null) {
            refuseLater(connect.namespace(), "Invalid namespace");
        } else {
            leftByServer.remove(connect.namespace());
            var membership = new Membership(this, namespace, connect);
            memberships.put(connect.namespace(), membership);
            membership.begin();
        }
    }

    private void refuseLater(String namespace, String message) {
        host.loop()
                .execute(
                        () ->
                                write(
                                        frames(
                                                new Packet.ConnectError(
                                                        namespace, Map.of("message", message)))));
    }

    /// A middleware said no; the connection stays.
    void refuse(String namespace, Membership.Refusal refusal) {
        memberships.remove(namespace);
        var data = new LinkedHashMap<String, @Nullable Object>();
        data.put("message", refusal.message());
        if (refusal.data() != null) {
            data.put("data", refusal.data());
        }
        write(frames(new Packet.ConnectError(namespace, data)));
    }

    void onJoined() {
        connectNanos = Long.MAX_VALUE;
        server.onJoined(this);
    }

    void leftByServer(String namespace) {
        memberships.remove(namespace);
        leftByServer.add(namespace);
    }

    /// A packet as this server's clients understand it; from any thread.
    ///
    /// @throws IllegalArgumentException if its data holds something that the parser has no word for
    Frames frames(Packet packet) {
        return Frames.of(packet, config().parser());
    }

    /// Called by tasks on the loop only, never from within the session.
    void write(Frames frames) {
        observe(frames);
        session.send(frames.messages(), host.nowNanos());
        host.rearm();
    }

    private void observe(Frames frames) {
        if (observer != null) {
            frames.messages().forEach(message -> observer.onSent(dataBytes(message)));
        }
    }

    /// Without the type digit, which binary messages have none of.
    private static int dataBytes(EnginePacket message) {
        return message instanceof EnginePacket.TextMessage text
                ? text.sizeBytes() - 1
                : message.sizeBytes();
    }

    /// Writes what a client missed. Its settings bound it; counted as unsent, it could be just what
    /// a slow client was closed for, and would close it again.
    void writeMissed(Frames frames) {
        observe(frames);
        session.sendExempt(frames.messages(), host.nowNanos());
        host.rearm();
    }

    /// Whether a volatile event would go out now.
    boolean isWritable() {
        var limits = config().sockets();
        return session.isWritable(limits.volatileBytes(), limits.volatilePackets());
    }

    /// A mark stands behind events in a handler's queue; see [SocketLimits#maxQueuedEvents].
    void markQueued(int events, long bytes) {
        queuedEvents += events;
        queuedBytes += bytes;
    }

    void markReached(int events, long bytes) {
        queuedEvents -= events;
        queuedBytes -= bytes;
        if (state == State.OPEN && wantsMore()) {
            session.resumeReading(host.nowNanos());
            host.rearm();
        }
    }

    /// Ends every socket, tells the client, and closes when that is sent.
    void disconnectAll() {
        for (var namespace : List.copyOf(memberships.keySet())) {
            write(frames(new Packet.Disconnect(namespace)));
        }
        end(DisconnectReason.SERVER_NAMESPACE_DISCONNECT);
        session.close(host.nowNanos());
        host.rearm();
    }

    /// The server shuts down: at once, without waiting for a slow client.
    void shutDown() {
        end(DisconnectReason.SERVER_SHUTTING_DOWN);
        session.discard();
        host.rearm();
    }

    /// The server shuts down in order: what waits may still go out.
    ///
    /// @param whenGone runs when the session has ended, on a thread that may block
    void shutDown(long drainNanos, Runnable whenGone) {
        if (session.isGone()) {
            host.callbacks().execute(whenGone);
            return;
        }
        var before = onGone;
        onGone =
                () -> {
                    before.run();
                    whenGone.run();
                };
        end(DisconnectReason.SERVER_SHUTTING_DOWN);
        session.close(host.nowNanos(), drainNanos);
        host.rearm();
    }

    /// Too many have joined nothing, and this one is the oldest.
    void evict() {
        if (connectNanos != Long.MAX_VALUE) {
            end(DisconnectReason.FORCED_SERVER_CLOSE);
            session.discard();
            host.rearm();
        }
    }

    /// The client broke a rule, or a handler failed: the sockets end now, the session soon.
    void fail(DisconnectReason reason) {
        if (state == State.OPEN) {
            end(reason);
            host.loop()
                    .execute(
                            () -> {
                                session.close(host.nowNanos());
                                host.rearm();
                            });
        }
    }

    private void end(DisconnectReason reason) {
        if (state == State.CLOSED) {
            return;
        }
        state = State.CLOSED;
        connectNanos = Long.MAX_VALUE;
        attachmentsNanos = Long.MAX_VALUE;
        decoder.reset();
        server.forget(this);
        var ended = List.copyOf(memberships.values());
        memberships.clear();
        ended.forEach(membership -> membership.end(reason));
    }
}
