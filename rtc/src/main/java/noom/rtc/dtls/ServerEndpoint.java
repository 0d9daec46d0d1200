// SPDX-License-Identifier: Apache-2.0
package noom.rtc.dtls;

import java.nio.ByteBuffer;
import noom.rtc.srtp.SrtpProfile;

/// The owner's side of one association; the other side is a [DtlsConversation] on a virtual thread.
///
/// ```
///   NEW ──ClientHello──► SHAKING ──► CONNECTED ──goodbye──► ENDED
///    │                      └── failure, time limit ────────▲
///    └── close, no place ───────────────────────────────────┘
/// ```
/// Owner: whoever opened it.
final class ServerEndpoint implements DtlsEndpoint, DtlsConversation.Listener {
    private final Sink sink;
    private final DatagramInbox inbox;
    private final HandshakeAdmission admission;
    private final Runnable start;
    private final long limitNanos;
    private State state = State.NEW;
    private long deadlineNanos = Long.MAX_VALUE;
    private boolean inSink;

    private enum State {
        NEW,
        SHAKING,
        CONNECTED,
        ENDED
    }

    ServerEndpoint(
            SrtpTlsServer server,
            DtlsLimits limits,
            HandshakeAdmission admission,
            DtlsMailbox owner,
            Sink sink) {
        this.sink = sink;
        this.admission = admission;
        this.limitNanos = limits.handshakeLimit().toNanos();
        inbox = new DatagramInbox(limits.maxQueuedDatagrams());
        start =
                () -> {
                    var talk = new DtlsConversation(server, inbox, admission, owner, this);
                    Thread.ofVirtual().name("dtls").start(talk);
                };
    }

    @Override
    public boolean receive(ByteBuffer datagram, long nowNanos) {
        assert !inSink;
        if (state == State.ENDED || datagram.remaining() > MAX_DATAGRAM_BYTES) {
            return false;
        }
        var bytes = new byte[datagram.remaining()];
        datagram.duplicate().get(bytes);
        if (!RecordBounds.holdIn(bytes)) {
            return false;
        }
        if (state == State.NEW) {
            return RecordBounds.beginsWithClientHello(bytes) && begin(bytes, nowNanos);
        }
        return inbox.offer(bytes);
    }

    private boolean begin(byte[] hello, long nowNanos) {
        inbox.offer(hello);
        deadlineNanos = nowNanos + limitNanos;
        state = State.SHAKING;
        if (!admission.enter(start)) {
            fail(DtlsFailure.BUSY);
            return false;
        }
        return true;
    }

    @Override
    public void advance(long nowNanos) {
        assert !inSink;
        if (state == State.SHAKING && nowNanos >= deadlineNanos) {
            fail(DtlsFailure.TIMED_OUT);
        }
    }

    @Override
    public long nextDeadlineNanos() {
        return state == State.SHAKING ? deadlineNanos : Long.MAX_VALUE;
    }

    @Override
    public void close() {
        end();
    }

    /// Also after its end: it may be the farewell.
    @Override
    public void onDatagram(byte[] datagram) {
        tell(() -> sink.transmit(ByteBuffer.wrap(datagram)));
    }

    @Override
    public void onAgreed(SrtpProfile profile, byte[] keyingMaterial) {
        if (state == State.SHAKING) {
            state = State.CONNECTED;
            tell(() -> sink.onConnected(profile, keyingMaterial));
        }
    }

    @Override
    public void onFailed(DtlsFailure reason) {
        if (state == State.SHAKING) {
            fail(reason);
        }
    }

    @Override
    public void onGoodbye() {
        if (state == State.CONNECTED) {
            end();
            tell(sink::onClosed);
        }
    }

    private void fail(DtlsFailure reason) {
        end();
        tell(() -> sink.onFailed(reason));
    }

    private void end() {
        state = State.ENDED;
        inbox.close();
        admission.abandon(start);
    }

    private void tell(Runnable news) {
        inSink = true;
        news.run();
        inSink = false;
    }
}
