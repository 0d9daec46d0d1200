// SPDX-License-Identifier: Apache-2.0
package noom.sfu;

import java.util.Arrays;
import noom.rtc.rtp.RtpPacket;
import noom.sfu.forward.LayerSelector;
import noom.sfu.forward.MediaPacket;

/// What one other worker gets of a producer: each packet once, however many receivers it has
/// there, and none while it has none.
///
/// Owner: the producer's media worker; the [Mirror] at the other end made it. A packet is copied,
/// for it is borrowed here and read there later. If the other's mailbox refuses a packet of a
/// picture, no picture that follows could be decoded: the encoding is cut, the mirror is told, and
/// it goes on with the next key frame.
///
/// ```
/// closed ── open ──▶ open ◀─ start, stop ─▶ flowing          of each encoding: cut or whole
/// ```
final class Feed {
    private static final long NO_TICKS = -1;

    private final Producer origin;
    private final RouterMailbox there;
    private final Mirror mirror;
    private final boolean[] isCut;
    private final long[] keyFrameTicks;
    private final RtpPacket early = new RtpPacket();
    private State state = State.CLOSED;
    private int layersWanted = LayerSelector.NONE;

    private enum State {
        CLOSED,
        OPEN,
        FLOWING
    }

    /// @param there where the mirror is; it is only named in what is told there
    Feed(Producer origin, int encodingCount, RouterMailbox there, Mirror mirror) {
        this.origin = origin;
        this.there = there;
        this.mirror = mirror;
        isCut = new boolean[encodingCount];
        keyFrameTicks = new long[encodingCount];
        Arrays.fill(keyFrameTicks, NO_TICKS);
    }

    /// There is a mirror; if its track has ended meanwhile, it is told.
    void open() {
        state = State.OPEN;
        if (!origin.feeds().add(this)) {
            close();
        }
    }

    /// Somebody receives there, and needs to know how things stand; of pictures nothing before the
    /// next key frame.
    void start() {
        if (state != State.OPEN) {
            return;
        }
        state = State.FLOWING;
        Arrays.fill(isCut, origin.codec() != null);
        for (int i = 0; i < isCut.length; i++) {
            var encoding = origin.encoding(i);
            onAlive(i, encoding.isAlive(), encoding.aliveSinceNanos());
            if (encoding.clock.isKnown()) {
                onSenderReport(i, encoding.clock.reportNtp(), encoding.clock.reportTicks());
            }
        }
        setPaused(origin.isPaused());
    }

    /// Nobody receives there.
    void stop() {
        if (state == State.FLOWING) {
            state = State.OPEN;
        }
    }

    /// There is no mirror any more.
    void end() {
        state = State.CLOSED;
        origin.feeds().remove(this);
        origin.lookSoon();
    }

    /// The track has ended.
    void close() {
        state = State.CLOSED;
        there.tell(_ -> mirror.onClosed());
    }

    void askKeyFrame(int encodingIndex, long nowNanos) {
        if (state == State.FLOWING) {
            origin.askKeyFrame(encodingIndex, nowNanos);
        }
    }

    void wantLayers(int maxSpatialLayer) {
        layersWanted = maxSpatialLayer;
        origin.lookSoon();
    }

    /// The highest that anybody there wants, [LayerSelector#NONE] for nothing.
    int layersWanted() {
        return layersWanted;
    }

    void onPacket(MediaPacket view, RtpPacket packet, long nowNanos) {
        int index = view.encodingIndex();
        boolean isPicture = view.codec() != null;
        boolean isDispensable = isPicture && !isOfKeyFrame(view, packet);
        boolean wasCut = isCut[index];
        if (state != State.FLOWING || (wasCut && !view.isKeyFrameStart())) {
            return;
        }
        boolean isTaken = hand(index, packet, isDispensable);
        if (isPicture) {
            become(index, isTaken);
        }
        if (wasCut && isTaken) {
            handEarly(index, packet.seq(), nowNanos);
        }
    }

    private boolean hand(int encodingIndex, RtpPacket packet, boolean isDispensable) {
        int end = packet.offset() + packet.lengthBytes();
        var bytes = Arrays.copyOfRange(packet.array(), packet.offset(), end);
        return there.offer(now -> mirror.onPacket(encodingIndex, bytes, now), isDispensable);
    }

    /// What belongs behind a key frame's first packet but came before it, while the encoding was
    /// cut.
    private void handEarly(int encodingIndex, int seq, long nowNanos) {
        var history = origin.encoding(encodingIndex).history;
        for (int i = 1; i <= Producer.MAX_EARLY_PACKETS; i++) {
            if (history.find((seq + i) & 0xFFFF, nowNanos, early)) {
                boolean isOfKeyFrame = early.timestampTicks() == keyFrameTicks[encodingIndex];
                become(encodingIndex, hand(encodingIndex, early, !isOfKeyFrame));
            }
        }
    }

    /// Its packets have one timestamp, and only the first says what it is.
    private boolean isOfKeyFrame(MediaPacket view, RtpPacket packet) {
        long ticks = packet.timestampTicks();
        if (view.isKeyFrameStart()) {
            keyFrameTicks[view.encodingIndex()] = ticks;
        }
        return keyFrameTicks[view.encodingIndex()] == ticks;
    }

    private void become(int encodingIndex, boolean isTaken) {
        boolean wasCut = isCut[encodingIndex];
        isCut[encodingIndex] = !isTaken;
        if (!isTaken && !wasCut) {
            there.tell(_ -> mirror.onCut(encodingIndex));
        }
    }

    /// Where the origin's receivers close up over a packet, so do the mirror's.
    void leaveOut(int seq, int encodingIndex) {
        if (state == State.FLOWING && !isCut[encodingIndex]) {
            boolean isTaken = there.offer(_ -> mirror.leaveOut(seq, encodingIndex), true);
            if (!isTaken && origin.codec() != null) {
                become(encodingIndex, false);
            }
        }
    }

    void onAlive(int encodingIndex, boolean isAlive, long sinceNanos) {
        if (state == State.FLOWING) {
            there.tell(now -> mirror.onAlive(encodingIndex, isAlive, sinceNanos, now));
        }
    }

    void onSenderReport(int encodingIndex, long ntpTime, long rtpTicks) {
        if (state == State.FLOWING) {
            there.tell(_ -> mirror.onSenderReport(encodingIndex, ntpTime, rtpTicks));
        }
    }

    void restart() {
        if (state == State.FLOWING) {
            there.tell(_ -> mirror.restart());
        }
    }

    void setPaused(boolean isPaused) {
        if (state == State.FLOWING) {
            there.tell(_ -> mirror.setPaused(isPaused));
        }
    }
}
