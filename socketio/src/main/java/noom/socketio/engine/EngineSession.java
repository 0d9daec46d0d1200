// SPDX-License-Identifier: Apache-2.0
package noom.socketio.engine;

import java.time.Duration;
import java.util.List;
import noom.socketio.engine.EnginePacket.Signal;

/// One Engine.IO session (Engine.IO protocol, revision 4): heartbeat, upgrade, orderly end.
///
/// ```
///            close()            flushed, or 30 s
///   OPEN ───────────► CLOSING ───────────────────► GONE
///     │ anything that ends it at once                ▲
///     ├──────────────────────────────────────────────┤
///     │ the client's `1` by POST while no GET waits  │ one GET (answered `6`), or 2 s
///     └───────────────────────► TOMBSTONE ───────────┘
/// ```
/// [SessionSink#onClose] is called once, on leaving OPEN or CLOSING. The tombstone is for a client
/// whose GET and POST travel on different connections: its last GET must not look like an error.
///
/// Packets leave in the order of [#send], whatever carries them; see [Transmission].
///
/// Owner: the web loop it was opened on. Strings and arrays are kept, never changed.
@SuppressWarnings("ReferenceEquality") // an exchange is itself, not its equal
public final class EngineSession {
    private static final long LINGER_NANOS = Duration.ofSeconds(30).toNanos();
    private static final long TOMBSTONE_NANOS = Duration.ofSeconds(2).toNanos();

    private final String sid;
    private final EngineConfig config;
    private final Transmission transmission;
    private final Heartbeat heartbeat;
    private SessionSink sink = SessionSink.SILENT;
    private State state = State.OPEN;
    private long endNanos = Long.MAX_VALUE;
    private boolean inSink;

    private enum State {
        OPEN,
        CLOSING,
        TOMBSTONE,
        GONE
    }

    /// @param sid the session's secret id
    /// @param nowNanos the time of the handshake
    public EngineSession(String sid, EngineConfig config, long nowNanos) {
        this.sid = sid;
        this.config = config;
        this.transmission = new Transmission(config);
        this.heartbeat = new Heartbeat(config.timings(), nowNanos);
    }

    /// The secret of this session: never log it and never show it to another client.
    public String sid() {
        return sid;
    }

    /// Whether messages are still taken; false from [#close] on.
    public boolean isOpen() {
        return state == State.OPEN;
    }

    /// Whether nothing is left to do: the binding forgets the session then.
    public boolean isGone() {
        return state == State.GONE;
    }

    /// The transport's name as clients write it.
    public String transportName() {
        return transmission.polling() == null ? "websocket" : "polling";
    }

    /// Opens the session over long-polling; the handshake GET gets the open packet.
    public void openPolling(SessionSink newSink, PollExchange handshake, long nowNanos) {
        sink = newSink;
        boolean upgrades = config.transports().upgrades() && config.transports().webSocket();
        transmission.add(List.of(EnginePacket.Open.of(sid, upgrades, config)), nowNanos);
        poll(handshake, nowNanos);
    }

    /// Opens the session over a WebSocket.
    public void openFrames(SessionSink newSink, FrameLink link, long nowNanos) {
        sink = newSink;
        transmission.carryBy(link);
        transmission.add(List.of(EnginePacket.Open.of(sid, false, config)), nowNanos);
        flush(nowNanos);
    }

    /// A GET with this session's id. A second one at a time ends the session.
    public void poll(PollExchange exchange, long nowNanos) {
        assert !inSink;
        var polling = transmission.polling();
        if (state == State.TOMBSTONE) {
            become(State.GONE);
            exchange.answer(Signal.NOOP.encoded(), true);
        } else if (state == State.GONE) {
            exchange.refuse(EngineRefusal.UNKNOWN_SID);
        } else if (polling == null) {
            exchange.refuse(EngineRefusal.BAD_REQUEST);
        } else if (polling.poll != null) {
            finish(CloseReason.TRANSPORT_ERROR, Signal.CLOSE);
            exchange.refuse(EngineRefusal.BAD_REQUEST);
        } else {
            polling.poll = exchange;
            flush(nowNanos);
        }
    }

    /// A waiting GET's connection went away before the answer.
    public void pollAborted(PollExchange exchange) {
        assert !inSink;
        var polling = transmission.polling();
        if (polling != null && polling.poll == exchange) {
            polling.poll = null;
            finish(CloseReason.TRANSPORT_ERROR, Signal.CLOSE);
        }
    }

    /// A POST begins: decides before the body is read. A second one at a time ends the session, and
    /// so does a body that says it is `application/octet-stream`.
    ///
    /// @return false if it was refused here
    public boolean beginPost(PostExchange exchange, String contentType) {
        assert !inSink;
        var polling = transmission.polling();
        if (!isLive()) {
            exchange.refuse(EngineRefusal.UNKNOWN_SID);
            return false;
        }
        if (polling == null) {
            exchange.refuse(EngineRefusal.BAD_REQUEST);
            return false;
        }
        if (polling.post != null
                || polling.heldPost != null
                || contentType.startsWith("application/octet-stream")) {
            finish(CloseReason.TRANSPORT_ERROR, Signal.CLOSE);
            exchange.refuse(EngineRefusal.BAD_REQUEST);
            return false;
        }
        polling.post = exchange;
        return true;
    }

    /// The whole body of a POST that [#beginPost] took.
    public void post(PostExchange exchange, String body, long nowNanos) {
        assert !inSink;
        var polling = transmission.polling();
        if (polling == null || polling.post != exchange) {
            return; // aborted when the session ended
        }
        polling.post = null;
        var payload = PayloadCodec.decode(body, config.input().maxPacketsPerPost());
        boolean good = true;
        for (var packet : payload.packets()) {
            good = good && receive(packet, nowNanos);
        }
        if (payload.malformed() != null && isLive()) {
            finish(CloseReason.PARSE_ERROR, Signal.CLOSE);
            good = false;
        }
        if (!good) {
            exchange.refuse(EngineRefusal.BAD_REQUEST);
        } else if (transmission.isReadingPaused() && isLive()) {
            polling.heldPost = exchange;
        } else {
            exchange.accept();
        }
    }

    /// A POST was cut off, or its body was too large and has been answered with 413.
    ///
    /// @param lost whether the connection went away: that ends the session
    public void postAborted(PostExchange exchange, boolean lost) {
        assert !inSink;
        var polling = transmission.polling();
        if (polling != null && polling.post == exchange) {
            polling.post = null;
            if (lost) {
                finish(CloseReason.TRANSPORT_ERROR, Signal.CLOSE);
            }
        }
    }

    /// A WebSocket with this session's id: a candidate, or closed if there can be none now.
    public void offerUpgrade(FrameLink link, long nowNanos) {
        assert !inSink;
        if (state != State.OPEN || !transmission.offer(link, nowNanos)) {
            link.close();
        }
    }

    /// A whole text message from a WebSocket.
    public void receiveText(FrameLink link, String text, long nowNanos) {
        assert !inSink;
        if (isCarrier(link)) {
            var packet = EnginePacket.parse(text);
            if (packet == null) {
                finish(CloseReason.PARSE_ERROR, Signal.CLOSE);
            } else {
                receive(packet, nowNanos);
            }
        } else if (transmission.isCandidate(link)) {
            transmission.receiveFromCandidate(text, nowNanos);
            if (isCarrier(link)) {
                tell(sink::onUpgrade);
            }
            flush(nowNanos);
        }
    }

    /// A whole binary message from a WebSocket; the array is kept.
    public void receiveBinary(FrameLink link, byte[] bytes, long nowNanos) {
        assert !inSink;
        if (isCarrier(link)) {
            receive(EnginePacket.BinaryMessage.of(bytes), nowNanos);
        } else if (transmission.isCandidate(link)) {
            transmission.dropCandidate();
        }
    }

    /// A WebSocket has gone, in an orderly manner or not.
    public void linkClosed(FrameLink link, boolean failed) {
        assert !inSink;
        if (transmission.isCandidate(link)) {
            transmission.forgetCandidate();
        } else if (isCarrier(link)) {
            finish(
                    failed ? CloseReason.TRANSPORT_ERROR : CloseReason.TRANSPORT_CLOSE,
                    Signal.CLOSE);
        }
    }

    /// A WebSocket that was not writable is so again.
    public void onWritable(FrameLink link, long nowNanos) {
        assert !inSink;
        if (isCarrier(link)) {
            flush(nowNanos);
        }
    }

    /// Sends packets in order, with nothing between them; dropped once the session is closing.
    public void send(List<? extends EnginePacket> packets, long nowNanos) {
        assert !inSink;
        if (state != State.OPEN) {
            return;
        }
        transmission.add(packets, nowNanos);
        flush(nowNanos);
        if (transmission.isOverLimit()) {
            finish(CloseReason.TRANSPORT_ERROR, Signal.CLOSE);
        }
    }

    /// Sends packets that count against no limit while they wait; the caller bounds them.
    public void sendExempt(List<? extends EnginePacket> packets, long nowNanos) {
        assert !inSink;
        if (state == State.OPEN) {
            transmission.addExempt(packets, nowNanos);
            flush(nowNanos);
        }
    }

    /// Whether the transport takes more now, and no more waits for it than this.
    public boolean isWritable(long maxUnsentBytes, int maxUnsentPackets) {
        return state == State.OPEN
                && transmission.isWritable()
                && transmission.isUnsentWithin(maxUnsentBytes, maxUnsentPackets);
    }

    /// Ends the session when everything is sent, at the latest in 30 s.
    public void close(long nowNanos) {
        close(nowNanos, LINGER_NANOS);
    }

    /// Ends the session when everything is sent, at the latest after a time; a session that closes
    /// already has no longer than that either.
    ///
    /// @param lingerNanos from 0
    public void close(long nowNanos, long lingerNanos) {
        assert !inSink;
        if (isLive()) {
            become(State.CLOSING);
            endNanos = Math.min(endNanos, nowNanos + lingerNanos);
            flush(nowNanos);
        }
    }

    /// Ends the session now; what waits is lost.
    public void discard() {
        assert !inSink;
        finish(CloseReason.FORCED_CLOSE, Signal.CLOSE);
    }

    /// Reads on after [SessionSink#wantsMore] was false.
    public void resumeReading(long nowNanos) {
        assert !inSink;
        if (transmission.isReadingPaused()) {
            heartbeat.release(nowNanos);
            transmission.resumeReading();
        }
    }

    /// Time in; at or after [#nextDeadlineNanos()].
    public void advance(long nowNanos) {
        assert !inSink;
        if (isLive()) {
            tell(() -> sink.advance(nowNanos));
        }
        if (nowNanos >= endNanos) {
            if (state == State.TOMBSTONE) {
                become(State.GONE);
            } else {
                finish(CloseReason.FORCED_CLOSE, Signal.CLOSE);
            }
        }
        if (isLive() && transmission.isStalled(nowNanos)) {
            finish(CloseReason.TRANSPORT_ERROR, Signal.CLOSE);
        }
        transmission.advance(nowNanos);
        advanceHeartbeat(nowNanos);
    }

    private void advanceHeartbeat(long nowNanos) {
        if (!isLive()) {
            return;
        }
        switch (heartbeat.advance(nowNanos)) {
            case NOTHING -> {}
            case PING -> send(List.of(Signal.PING), nowNanos);
            case TIMEOUT -> finish(CloseReason.PING_TIMEOUT, Signal.CLOSE);
        }
    }

    /// When the session next wants time; `Long.MAX_VALUE` if never.
    public long nextDeadlineNanos() {
        if (!isLive()) {
            return endNanos;
        }
        long own = Math.min(endNanos, heartbeat.deadlineNanos());
        return Math.min(own, Math.min(transmission.nextDeadlineNanos(), sink.nextDeadlineNanos()));
    }

    private boolean isLive() {
        return state == State.OPEN || state == State.CLOSING;
    }

    private boolean isCarrier(FrameLink link) {
        return isLive() && transmission.isCarrier(link);
    }

    /// Takes one packet from the transport that carries the session.
    ///
    /// @return false if it broke the protocol, and the session has ended
    private boolean receive(EnginePacket packet, long nowNanos) {
        if (packet == Signal.CLOSE) {
            closedByClient(nowNanos);
            return true;
        }
        if (state != State.OPEN) {
            return true; // closing: what still comes is ignored
        }
        switch (packet) {
            case Signal signal -> {
                return receive(signal, nowNanos);
            }
            case EnginePacket.TextMessage message ->
                    tell(() -> sink.onText(message.text(), nowNanos));
            case EnginePacket.BinaryMessage message ->
                    tell(() -> sink.onBinary(message.bytes(), nowNanos));
            case EnginePacket.Open _ -> {}
        }
        pauseIfFull();
        return true;
    }

    private boolean receive(Signal signal, long nowNanos) {
        switch (signal) {
            case PONG, PONG_PROBE -> heartbeat.onPong(nowNanos);
            case PING, PING_PROBE -> {
                finish(CloseReason.TRANSPORT_ERROR, Signal.CLOSE); // only a server pings
                return false;
            }
            case NOOP, UPGRADE, CLOSE -> {}
        }
        return true;
    }

    private void closedByClient(long nowNanos) {
        if (!isLive()) {
            return;
        }
        var polling = transmission.polling();
        boolean late = polling != null && polling.poll == null;
        finish(CloseReason.TRANSPORT_CLOSE, Signal.NOOP);
        if (late) {
            become(State.TOMBSTONE);
            endNanos = nowNanos + TOMBSTONE_NANOS;
        }
    }

    private void pauseIfFull() {
        if (isLive() && !transmission.isReadingPaused() && !sink.wantsMore()) {
            heartbeat.hold();
            transmission.pauseReading();
        }
    }

    private void flush(long nowNanos) {
        if (transmission.flush(nowNanos) && state == State.CLOSING) {
            finish(CloseReason.FORCED_CLOSE, Signal.CLOSE);
        }
    }

    private void finish(CloseReason reason, EnginePacket lastWord) {
        if (!isLive()) {
            return;
        }
        become(State.GONE);
        transmission.end(lastWord);
        tell(() -> sink.onClose(reason));
    }

    private void tell(Runnable news) {
        inSink = true;
        news.run();
        inSink = false;
    }

    private void become(State next) {
        state = next;
        if (next == State.GONE) {
            endNanos = Long.MAX_VALUE;
        }
    }
}
