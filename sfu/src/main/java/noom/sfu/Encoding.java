// SPDX-License-Identifier: Apache-2.0
package noom.sfu;

import java.time.Duration;
import java.util.List;
import java.util.function.IntConsumer;
import noom.rtc.codec.VideoCodec;
import noom.rtc.rtcp.Rtcp;
import noom.rtc.rtp.KnownExtension;
import noom.rtc.rtp.RtpPacket;
import noom.sfu.forward.MediaPacket;
import noom.sfu.forward.SenderClock;
import noom.sfu.ortc.ProduceCheck;
import noom.sfu.ortc.RtcpFeedback;
import noom.sfu.repair.NackGenerator;
import noom.sfu.repair.ReceiveStream;
import noom.sfu.repair.RtpHistory;
import org.jspecify.annotations.Nullable;

/// One encoding of a producer: its packets as they come, counted, asked for and kept.
final class Encoding {
    /// Silence after which an encoding of several counts as stopped.
    static final long SILENT_NANOS = Duration.ofMillis(1_500).toNanos();

    private static final int VIDEO_HISTORY_BYTES = 1 << 19;
    private static final int AUDIO_HISTORY_BYTES = 1 << 14;
    private static final long NO_SSRC = -1;

    final MediaPacket view;
    final SenderClock clock;
    final RtpHistory history;
    private final int clockRate;
    private final NackGenerator.@Nullable Sink nackSink;
    private ReceiveStream stream;
    private @Nullable NackGenerator nacks;
    private long ssrc = NO_SSRC;
    private long roundTripNanos = RoundTripMeter.UNKNOWN;
    private long newestNanos;
    private long aliveSinceNanos;
    private boolean isAlive;

    /// @param nackSink null if the sender does not send again
    Encoding(
            int index,
            @Nullable VideoCodec codec,
            int dependencyId,
            int clockRate,
            NackGenerator.@Nullable Sink nackSink) {
        view = new MediaPacket(index, codec, dependencyId);
        clock = new SenderClock(clockRate);
        history = new RtpHistory(codec == null ? AUDIO_HISTORY_BYTES : VIDEO_HISTORY_BYTES);
        this.clockRate = clockRate;
        this.nackSink = nackSink;
        stream = new ReceiveStream(clockRate);
        nacks = nackSink == null ? null : new NackGenerator(nackSink);
    }

    boolean hasSsrc() {
        return ssrc != NO_SSRC;
    }

    long ssrc() {
        return ssrc;
    }

    /// Another SSRC is another stream: what was counted before does not count for it.
    void onSsrc(long next) {
        if (ssrc != NO_SSRC && ssrc != next) {
            begin();
            stream = new ReceiveStream(clockRate);
        }
        ssrc = next;
    }

    /// The way to the sender stays as long as it was.
    private void begin() {
        nacks = nackSink == null ? null : new NackGenerator(nackSink);
        if (roundTripNanos != RoundTripMeter.UNKNOWN) {
            onRoundTrip(roundTripNanos);
        }
    }

    void onRoundTrip(long nanos) {
        roundTripNanos = nanos;
        if (nacks != null) {
            nacks.onRoundTrip(nanos);
        }
    }

    long roundTripNanos() {
        return roundTripNanos;
    }

    /// What the packet is; the view is around it.
    ReceiveStream.Arrival onPacket(RtpPacket packet, boolean isRepaired, long nowNanos) {
        var arrival = stream.onPacket(packet, isRepaired, view.temporalId(), nowNanos);
        if (arrival == ReceiveStream.Arrival.RESTARTED) {
            begin();
        }
        if (arrival == ReceiveStream.Arrival.NEW || arrival == ReceiveStream.Arrival.RESTARTED) {
            newestNanos = nowNanos;
            if (nacks != null) {
                nacks.onPacket(packet.seq(), view.isKeyFrameStart(), nowNanos);
            }
        }
        return arrival;
    }

    void onSenderReport(long ntpTime, long rtpTicks, long nowNanos) {
        clock.onSenderReport(ntpTime, rtpTicks);
        stream.onSenderReport(ntpTime, nowNanos);
    }

    boolean isAlive() {
        return isAlive;
    }

    long aliveSinceNanos() {
        return aliveSinceNanos;
    }

    void become(boolean alive, long nowNanos) {
        isAlive = alive;
        aliveSinceNanos = nowNanos;
    }

    boolean isSilent(long nowNanos) {
        return isAlive && nowNanos - newestNanos > SILENT_NANOS;
    }

    void advance(long nowNanos) {
        if (nacks != null) {
            nacks.advance(nowNanos);
        }
    }

    long nextDeadlineNanos() {
        return nacks == null ? Long.MAX_VALUE : nacks.nextDeadlineNanos();
    }

    Rtcp.ReportBlock report(long nowNanos) {
        return stream.report(ssrc, nowNanos);
    }

    int score() {
        return isAlive ? stream.score() : 0;
    }

    long bitrateBps(long nowNanos) {
        return stream.bitrateBps(Integer.MAX_VALUE, nowNanos);
    }

    /// Those of a track.
    ///
    /// @param sender asked for what is missing, if it sends again; null for a mirror
    /// @param tooMuch hears which encoding misses more than can be asked for
    static Encoding[] of(
            ProduceCheck.Accepted track, @Nullable Sender sender, IntConsumer tooMuch) {
        var codec = track.codec();
        boolean isNacked = codec.rtcpFeedback().contains(RtcpFeedback.NACK);
        var encodings = new Encoding[track.parameters().encodings().size()];
        for (int i = 0; i < encodings.length; i++) {
            encodings[i] =
                    new Encoding(
                            i,
                            codec.videoCodec().orElse(null),
                            track.extensionIds().id(KnownExtension.DEPENDENCY_DESCRIPTOR),
                            codec.clockRate(),
                            sender == null || !isNacked
                                    ? null
                                    : new ToSender(sender, encodings, i, tooMuch));
        }
        return encodings;
    }

    /// Where what the generator finds goes.
    private static final class ToSender implements NackGenerator.Sink {
        private final Sender sender;
        private final Encoding[] encodings;
        private final int index;
        private final IntConsumer tooMuch;

        ToSender(Sender sender, Encoding[] encodings, int index, IntConsumer tooMuch) {
            this.sender = sender;
            this.encodings = encodings;
            this.index = index;
            this.tooMuch = tooMuch;
        }

        @Override
        public void onMissing(List<Rtcp.Nack.Item> items) {
            sender.nack(encodings[index], items);
        }

        @Override
        public void onTooMuchMissing() {
            tooMuch.accept(index);
        }
    }
}
