// SPDX-License-Identifier: Apache-2.0
package noom.sfu;

import java.util.ArrayList;
import java.util.List;
import noom.rtc.rtcp.ArrivalRecorder;
import noom.rtc.rtcp.Rtcp;
import noom.rtc.rtcp.Rtcp.ExtendedReport.Answer;
import noom.rtc.rtcp.Rtcp.ExtendedReport.DelaySinceLast;
import noom.rtc.rtcp.Rtcp.ExtendedReport.ReceiverReferenceTime;
import noom.rtc.rtp.ExtensionIds;
import noom.rtc.rtp.KnownExtension;
import noom.rtc.rtp.RtpPacket;
import noom.rtc.rtp.TransportSeq;
import org.jspecify.annotations.Nullable;

/// All that one peer sends on one transport: finds the producer of each packet, tells the peer
/// when its packets arrived, and measures how far away it is.
///
/// Owner: the transport. An SSRC, once known, stays with its stream. An unknown one is found
/// by its mid (RFC 9143), then its rid or repaired rid, and without either by its payload type
/// if that leaves no doubt; browsers stop sending mid and rid once they were heard. What
/// belongs to nobody is dropped without a word.
public final class IncomingStreams {
    /// The time between two feedbacks; without them browsers send the lowest layer only.
    public static final long FEEDBACK_NANOS = 100_000_000L;

    /// So many arrivals are told about without waiting.
    private static final int FEEDBACK_COUNT = 150;

    private static final int ANY = -1;

    private final Sink sink;
    private final long localSsrc;
    private final SsrcTable ssrcs = new SsrcTable();
    private final ArrivalRecorder arrivals = new ArrivalRecorder();
    private final RoundTripMeter roundTrip;
    private final ReferenceAnswers answers;
    private final List<Producer> producers = new ArrayList<>();
    private int midId;
    private int ridId;
    private int rridId;
    private int transportSeqId;
    private long newestSsrc;
    private long feedbackDueNanos = Long.MAX_VALUE;

    /// What comes out.
    @FunctionalInterface
    public interface Sink {
        /// To the peer.
        void onRtcp(Rtcp packet);
    }

    /// A transport without producers.
    ///
    /// @param localSsrc names us in feedback
    public IncomingStreams(long localSsrc, Sink sink) {
        this.localSsrc = localSsrc;
        this.sink = sink;
        roundTrip = new RoundTripMeter(localSsrc, sink);
        answers = new ReferenceAnswers(localSsrc, sink);
    }

    /// A producer's packets come here from now on.
    public void add(Producer producer) {
        producers.add(producer);
        tellRoundTrip(producer);
        var ids = producer.extensionIds();
        midId = either(ids.id(KnownExtension.MID), midId);
        ridId = either(ids.id(KnownExtension.RID), ridId);
        rridId = either(ids.id(KnownExtension.RRID), rridId);
        transportSeqId = either(ids.id(KnownExtension.TRANSPORT_CC), transportSeqId);
        for (int i = 0; i < producer.encodingCount(); i++) {
            var encoding = producer.encodingParameters(i);
            if (encoding.hasSsrc()) {
                bind(encoding.ssrc(), new SsrcTable.Stream(producer, i, false));
            }
            if (encoding.hasRtxSsrc()) {
                bind(encoding.rtxSsrc(), new SsrcTable.Stream(producer, i, true));
            }
        }
    }

    /// All sections of a bundle have the same numbers; not all have all extensions.
    private static int either(int id, int before) {
        return id == ExtensionIds.NONE ? before : id;
    }

    /// A producer's packets belong to nobody from now on.
    public void remove(Producer producer) {
        producers.remove(producer);
        ssrcs.remove(producer);
    }

    /// A packet came. Its bytes are borrowed, and may be changed: a retransmission is
    /// unwrapped in place.
    public void onRtp(RtpPacket packet, long nowNanos) {
        newestSsrc = packet.ssrc();
        int transportSeq = TransportSeq.read(packet.extensions(), transportSeqId);
        if (transportSeq != TransportSeq.ABSENT) {
            onArrival(transportSeq, nowNanos);
        }
        var stream = ssrcs.find(packet.ssrc());
        if (stream == null) {
            stream = findAnew(packet);
        }
        if (stream != null) {
            roundTrip.onPacket(nowNanos);
            stream.producer().onRtp(packet, stream.encodingIndex(), stream.isRtx(), nowNanos);
        }
    }

    private void onArrival(int transportSeq, long nowNanos) {
        arrivals.onPacket(transportSeq, nowNanos);
        if (feedbackDueNanos == Long.MAX_VALUE) {
            feedbackDueNanos = nowNanos + FEEDBACK_NANOS;
        }
        if (arrivals.pendingCount() >= FEEDBACK_COUNT) {
            sendFeedback();
        }
    }

    /// A control packet came.
    public void onRtcp(Rtcp packet, long nowNanos) {
        if (packet instanceof Rtcp.SenderReport report) {
            onReport(report, nowNanos);
        } else if (packet instanceof Rtcp.ExtendedReport report) {
            onReport(report, nowNanos);
        }
    }

    private void onReport(Rtcp.SenderReport report, long nowNanos) {
        var stream = ssrcs.find(report.ssrc());
        if (stream != null && !stream.isRtx()) {
            stream.producer()
                    .onSenderReport(
                            stream.encodingIndex(), report.ntpTime(), report.rtpTicks(), nowNanos);
        }
    }

    private void onReport(Rtcp.ExtendedReport report, long nowNanos) {
        long before = roundTrip.roundTripNanos();
        for (var block : report.blocks()) {
            switch (block) {
                case ReceiverReferenceTime(long ntpTime) ->
                        answers.onReference(report.ssrc(), ntpTime, nowNanos);
                case DelaySinceLast(List<Answer> delays) ->
                        delays.forEach(answer -> roundTrip.onAnswer(answer, nowNanos));
            }
        }
        if (roundTrip.roundTripNanos() != before) {
            producers.forEach(this::tellRoundTrip);
        }
    }

    private void tellRoundTrip(Producer producer) {
        if (roundTrip.roundTripNanos() != RoundTripMeter.UNKNOWN) {
            producer.onRoundTrip(roundTrip.roundTripNanos());
        }
    }

    /// Sends what has become due.
    public void advance(long nowNanos) {
        if (nowNanos >= feedbackDueNanos) {
            sendFeedback();
        }
        roundTrip.advance(nowNanos);
        answers.advance(nowNanos);
    }

    /// When it next wants time; `Long.MAX_VALUE` if never.
    public long nextDeadlineNanos() {
        long next = Math.min(roundTrip.nextDeadlineNanos(), answers.nextDeadlineNanos());
        return Math.min(feedbackDueNanos, next);
    }

    private void sendFeedback() {
        feedbackDueNanos = Long.MAX_VALUE;
        for (var next = arrivals.next(); next != null; next = arrivals.next()) {
            sink.onRtcp(new Rtcp.Arrivals(localSsrc, newestSsrc, next));
        }
    }

    private SsrcTable.@Nullable Stream findAnew(RtpPacket packet) {
        var mid = packet.extensions().text(midId);
        var rrid = packet.extensions().text(rridId);
        var rid = rrid == null ? packet.extensions().text(ridId) : rrid;
        SsrcTable.Stream found = null;
        for (var producer : producers) {
            if (mid != null && !mid.equals(producer.mid())) {
                continue;
            }
            var stream = match(producer, packet, mid != null, rid);
            if (stream != null && found != null) {
                return null; // a guess between two would be wrong half the time
            }
            found = stream == null ? found : stream;
        }
        return found != null && bind(packet.ssrc(), found) ? found : null;
    }

    private static SsrcTable.@Nullable Stream match(
            Producer producer, RtpPacket packet, boolean hasMid, @Nullable String rid) {
        boolean isRtx = packet.payloadType() == producer.rtxPayloadType();
        if (!isRtx && packet.payloadType() != producer.payloadType()) {
            return null;
        }
        int encoding = rid == null ? onlyEncoding(producer, hasMid) : producer.indexOfRid(rid);
        return encoding == ANY ? null : new SsrcTable.Stream(producer, encoding, isRtx);
    }

    /// Without a rid there must be one encoding; without a mid too, one whose SSRC is not
    /// known.
    private static int onlyEncoding(Producer producer, boolean hasMid) {
        boolean isOnly = producer.encodingCount() == 1;
        boolean isOpen = hasMid || !producer.encodingParameters(0).hasSsrc();
        return isOnly && isOpen ? 0 : ANY;
    }

    private boolean bind(long ssrc, SsrcTable.Stream stream) {
        if (!ssrcs.put(ssrc, stream)) {
            return false;
        }
        if (!stream.isRtx()) {
            stream.producer().onSsrc(stream.encodingIndex(), ssrc);
        }
        return true;
    }
}
