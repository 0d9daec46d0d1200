// SPDX-License-Identifier: Apache-2.0
package noom.sfu;

import java.time.Duration;
import java.util.List;
import java.util.random.RandomGenerator;
import noom.rtc.codec.VideoCodec;
import noom.rtc.rtcp.NtpTime;
import noom.rtc.rtcp.Rtcp;
import noom.rtc.rtp.RtpPacket;
import noom.rtc.rtp.SeqNo;
import noom.sfu.forward.DependencySelector;
import noom.sfu.forward.LayerSelector;
import noom.sfu.forward.LayerSelector.Verdict;
import noom.sfu.forward.MediaPacket;
import noom.sfu.forward.SenderClock;
import noom.sfu.forward.SeqRewriter;
import noom.sfu.forward.SimpleSelector;
import noom.sfu.forward.SimulcastSelector;
import noom.sfu.forward.TimestampRewriter;
import noom.sfu.forward.Vp8Rewriter;
import noom.sfu.forward.Vp9Selector;
import noom.sfu.ortc.MediaKind;
import noom.sfu.ortc.RtcpFeedback;
import noom.sfu.ortc.RtpParameters;
import noom.sfu.repair.RetransmitResponder;

/// A track as one receiver gets it: one stream without breaks, whatever becomes of its source.
///
/// Owner: the router's media worker. It begins paused; the receiver resumes it when it is ready
/// to show something. Packets that come out are borrowed until the sink returns.
public final class Consumer {
    /// The time between two sender reports.
    static final long REPORT_NANOS = Duration.ofSeconds(1).toNanos();

    private static final int VIDEO_SLOTS = 256;
    private static final int AUDIO_SLOTS = 32;
    private static final int SEQ_BITS = 16;

    /// First sequence numbers are below half, so that a lost first packet does not confuse
    /// the receiver's rollover count (RFC 3711 §3.3.1).
    private static final int FIRST_SEQ_END = 1 << 15;

    private static final long UNKNOWN = -1;

    private final String id;
    private final Producer producer;
    private final RtpParameters parameters;
    private final Sink sink;
    private final PacketWriter writer;
    private final PacketWriter.Target target;
    private final int rtxPayloadType;
    private final SeqRewriter seqs;
    private final TimestampRewriter timestamps;
    private final Vp8Rewriter pictures;
    private final LayerSelector selector;
    private final RetransmitResponder sent;
    private final MediaPacket[] views;
    private final RtpPacket kept = new RtpPacket();
    private int rtxSeq;
    private boolean isPaused = true;
    private boolean isCut;
    private long toldMask;
    private int lastSpatial = LayerSelector.NONE;
    private int lastTemporal = LayerSelector.NONE;
    private long packetCount;
    private long octetCount;
    private long newestInTicks;
    private long newestOutTicks;
    private int newestEncoding = LayerSelector.NONE;
    private long reportDueNanos = Long.MIN_VALUE;
    private long reportNtpMiddle;
    private long reportNanos;
    private long roundTripNanos = UNKNOWN;

    /// What comes out, to the transport of who receives.
    public interface Sink {
        /// A packet to send, from when its transport-wide number and its send time were
        /// written over.
        void onRtp(RtpPacket packet, long nowNanos);

        /// A packet that left before under the same number, for streams without RTX.
        void onRepeated(RtpPacket packet, long nowNanos);

        /// A report to send.
        void onRtcp(Rtcp packet);

        /// Other layers go on now; -1 for nothing.
        void onLayersChanged(int spatialLayer, int temporalLayer);

        /// There will be nothing more.
        void onProducerClosed();
    }

    Consumer(
            String id,
            Producer producer,
            RtpParameters parameters,
            RandomGenerator random,
            PacketWriter writer,
            Sink sink) {
        this.id = id;
        this.producer = producer;
        this.parameters = parameters;
        this.sink = sink;
        this.writer = writer;
        var media = parameters.codecs().getFirst();
        boolean isVideo = producer.consumable().kind() == MediaKind.VIDEO;
        target = new PacketWriter.Target(parameters, producer.extensionIds());
        rtxPayloadType =
                parameters.codecs().size() > 1
                        ? parameters.codecs().get(1).payloadType()
                        : LayerSelector.NONE;
        seqs = new SeqRewriter(SEQ_BITS, random.nextInt(FIRST_SEQ_END));
        rtxSeq = random.nextInt(FIRST_SEQ_END);
        timestamps = new TimestampRewriter(media.clockRate());
        pictures = new Vp8Rewriter(random.nextInt(1 << 15), random.nextInt(1 << 8));
        sent = new RetransmitResponder(isVideo ? VIDEO_SLOTS : AUDIO_SLOTS);
        selector = selector(isVideo);
        views = new MediaPacket[producer.encodingCount()];
        for (int i = 0; i < views.length; i++) {
            views[i] = new MediaPacket(i, producer.codec(), 0);
        }
    }

    private LayerSelector selector(boolean isVideo) {
        var mode = producer.consumable().mode();
        return switch (producer.consumable().type()) {
            case SIMPLE -> new SimpleSelector(isVideo);
            case SIMULCAST -> new SimulcastSelector(clocks(), timestamps);
            case SVC ->
                    producer.codec() == VideoCodec.VP9
                            ? new Vp9Selector(mode.spatialLayerCount(), mode.isKeyOnly())
                            : new DependencySelector(mode.spatialLayerCount());
        };
    }

    private SenderClock[] clocks() {
        var clocks = new SenderClock[producer.encodingCount()];
        for (int i = 0; i < clocks.length; i++) {
            clocks[i] = producer.encoding(i).clock;
        }
        return clocks;
    }

    /// Its name.
    public String id() {
        return id;
    }

    /// Whose track it is.
    public Producer producer() {
        return producer;
    }

    /// What the receiver is told.
    public RtpParameters parameters() {
        return parameters;
    }

    /// The encoding or spatial layer that goes on now, -1 for nothing.
    public int currentSpatialLayer() {
        return isPaused ? LayerSelector.NONE : selector.currentSpatialLayer();
    }

    /// The round trip to the receiver; -1 until it is known.
    public long roundTripNanos() {
        return roundTripNanos;
    }

    /// Nothing goes on until [#resume].
    public void pause() {
        isPaused = true;
        selector.restart();
        producer.onFlowChanged();
    }

    /// Goes on with the next key frame, which is asked for.
    public void resume(long nowNanos) {
        isPaused = false;
        producer.onFlowChanged();
        askForWanted(nowNanos);
    }

    /// The highest layers that the receiver wants.
    public void setPreferredLayers(int spatialLayer, int temporalLayer, long nowNanos) {
        selector.prefer(spatialLayer, temporalLayer, nowNanos);
        askForWanted(nowNanos);
    }

    private void askForWanted(long nowNanos) {
        int wanted = keyFrameWanted();
        if (wanted != LayerSelector.NONE) {
            producer.askKeyFrame(wanted, nowNanos);
        }
    }

    boolean isPaused() {
        return isPaused;
    }

    int keyFrameWanted() {
        return isPaused ? LayerSelector.NONE : selector.keyFrameWanted();
    }

    int wantedSpatialLayer() {
        return isPaused ? LayerSelector.NONE : selector.wantedSpatialLayer();
    }

    void restart() {
        selector.restart();
    }

    /// Of its source something is missing that will not come.
    void onCut(int encodingIndex) {
        if (encodingIndex == newestEncoding) {
            selector.restart();
        }
    }

    void onEncodingAlive(int encodingIndex, long sinceNanos, long nowNanos) {
        if (selector instanceof SimulcastSelector simulcast) {
            simulcast.onAlive(encodingIndex, sinceNanos, nowNanos);
        }
    }

    void onEncodingSilent(int encodingIndex, long nowNanos) {
        if (selector instanceof SimulcastSelector simulcast) {
            simulcast.onSilent(encodingIndex, nowNanos);
        }
    }

    void onProducerClosed() {
        isPaused = true;
        sink.onProducerClosed();
    }

    /// A packet of the producer.
    ///
    /// @return whether a source was begun with it
    boolean onPacket(MediaPacket packet, long nowNanos) {
        if (isPaused) {
            return false;
        }
        var verdict = selector.select(packet, nowNanos);
        switch (verdict) {
            case IGNORE -> {}
            case DROP -> drop(packet);
            case START -> {
                begin(packet);
                send(packet, nowNanos);
            }
            case FORWARD -> send(packet, nowNanos);
        }
        return verdict == Verdict.START;
    }

    private void drop(MediaPacket packet) {
        seqs.drop(packet.rtp().seq());
        if (packet.codec() == VideoCodec.VP8) {
            pictures.drop(packet.vp8());
        }
    }

    private void begin(MediaPacket packet) {
        if (!(selector instanceof SimulcastSelector)) {
            timestamps.switchTo(
                    producer.encoding(packet.encodingIndex()).clock,
                    packet.rtp().timestampTicks(),
                    true);
        }
        seqs.resync(packet.rtp().seq(), SEQ_BITS, isCut);
        if (packet.codec() == VideoCodec.VP8) {
            pictures.resync(packet.vp8());
        }
        newestEncoding = packet.encodingIndex();
    }

    /// Padding within the stream that goes on: numbers close up over it.
    void leaveOut(int seq, int encodingIndex) {
        if (!isPaused && seqs.isSynced() && encodingIndex == newestEncoding) {
            seqs.drop(seq);
        }
    }

    private void send(MediaPacket packet, long nowNanos) {
        var rtp = packet.rtp();
        int seq = seqs.rewrite(rtp.seq());
        boolean isVp8 = packet.codec() == VideoCodec.VP8;
        if (seq == SeqRewriter.DROPPED || (isVp8 && !pictures.rewrite(packet.vp8()))) {
            return;
        }
        writer.seq = seq;
        writer.ticks = timestamps.rewrite(rtp.timestampTicks());
        writer.isMarker = selector.endsPicture(packet);
        writer.pictureId = pictures.pictureId();
        writer.tl0PicIdx = pictures.tl0PicIdx();
        writer.targetMask = mask(packet);
        int slot = sent.onSent(seq, packet.encodingIndex(), rtp.seq());
        sent.describe(
                slot,
                writer.ticks,
                writer.isMarker,
                writer.pictureId,
                writer.tl0PicIdx,
                writer.targetMask);
        var out = writer.write(packet, target);
        if (out == null) {
            return;
        }
        if (seq == seqs.maxOut()) {
            isCut = packet.codec() != null && !writer.isMarker;
            newestInTicks = rtp.timestampTicks();
            newestOutTicks = writer.ticks;
        }
        packetCount++;
        octetCount += out.payloadBytes();
        sink.onRtp(out, nowNanos);
        tellLayers();
    }

    /// What the descriptor must say of the decode targets; 0 if it says so already.
    private long mask(MediaPacket packet) {
        if (!(selector instanceof DependencySelector dependent) || !packet.hasDependencies()) {
            return 0;
        }
        long mask = dependent.targetMask(packet.dependencies());
        boolean isTold = mask == packet.dependencies().activeTargets() && mask == toldMask;
        toldMask = mask;
        return isTold ? 0 : mask;
    }

    private void tellLayers() {
        int spatial = selector.currentSpatialLayer();
        int temporal = selector.currentTemporalLayer();
        if (spatial != lastSpatial || temporal != lastTemporal) {
            lastSpatial = spatial;
            lastTemporal = temporal;
            sink.onLayersChanged(spatial, temporal);
        }
    }

    /// The receiver tells something about this stream.
    public void onRtcp(Rtcp packet, long nowNanos) {
        switch (packet) {
            case Rtcp.Nack nack -> nack.forEachLost(seq -> resend(seq, nowNanos));
            case Rtcp.Pli _, Rtcp.Fir _ -> onPictureLost(nowNanos);
            case Rtcp.ReceiverReport report -> onReport(report.blocks(), nowNanos);
            case Rtcp.SenderReport report -> onReport(report.blocks(), nowNanos);
            default -> {}
        }
    }

    private void onPictureLost(long nowNanos) {
        int current = currentSpatialLayer();
        if (current != LayerSelector.NONE) {
            boolean isSimulcast = selector instanceof SimulcastSelector;
            producer.askKeyFrame(isSimulcast ? current : 0, nowNanos);
        }
    }

    private void onReport(List<Rtcp.ReportBlock> blocks, long nowNanos) {
        for (var block : blocks) {
            boolean isOurs = block.ssrc() == target.ssrc && block.lastSenderReport() != 0;
            if (isOurs && block.lastSenderReport() == reportNtpMiddle) {
                long heldNanos = NtpTime.nanosOf(block.delaySinceLastSenderReport());
                roundTripNanos = Math.max(0, nowNanos - reportNanos - heldNanos);
            }
        }
    }

    /// Sends a packet again as it was, from the producer's history.
    private void resend(int seq, long nowNanos) {
        int slot = sent.onAsked(seq, nowNanos, Math.max(0, roundTripNanos));
        if (isPaused || slot == RetransmitResponder.NONE) {
            return;
        }
        int index = sent.encodingIndex(slot);
        var encoding = producer.encoding(index);
        // The producer's view knows the structure that a mask needs; others need their own.
        var view = sent.targetMask(slot) != 0 ? encoding.view : views[index];
        boolean isThere =
                encoding.history.find(sent.inSeq(slot), nowNanos, kept) && view.wrap(kept);
        if (!isThere) {
            return;
        }
        writer.seq = seq;
        writer.ticks = sent.outTicks(slot);
        writer.isMarker = sent.isMarker(slot);
        writer.pictureId = sent.pictureId(slot);
        writer.tl0PicIdx = sent.tl0PicIdx(slot);
        writer.targetMask = sent.targetMask(slot);
        var out = writer.write(view, target);
        if (out != null && rtxPayloadType == LayerSelector.NONE) {
            sink.onRepeated(out, nowNanos);
        } else if (out != null) {
            rtxSeq = SeqNo.ofLowBits(rtxSeq + 1L).value();
            out =
                    writer.repeat(
                            rtxPayloadType, rtxSeq, parameters.encodings().getFirst().rtxSsrc());
            if (out != null) {
                sink.onRtp(out, nowNanos);
            }
        }
    }

    /// Whether it is asked for what was lost, and has no stream to repeat it in.
    boolean repeatsInPlace() {
        var feedback = parameters.codecs().getFirst().rtcpFeedback();
        return rtxPayloadType == LayerSelector.NONE && feedback.contains(RtcpFeedback.NACK);
    }

    /// Does what has become due; the producer calls it at its turns.
    void advance(long nowNanos) {
        if (selector instanceof SimulcastSelector simulcast) {
            simulcast.advance(nowNanos);
        }
        if (!isPaused && nowNanos >= reportDueNanos) {
            sendReport(nowNanos);
        }
    }

    /// The wall clock in the report is the sender's at capture, for all of its tracks: so
    /// sound and picture stay together, however long each was under way (RFC 3550 §6.4.1).
    private void sendReport(long nowNanos) {
        if (newestEncoding == LayerSelector.NONE || packetCount == 0) {
            return;
        }
        var clock = producer.encoding(newestEncoding).clock;
        if (!clock.isKnown()) {
            return;
        }
        reportDueNanos = nowNanos + REPORT_NANOS;
        reportNanos = nowNanos;
        long ntp = clock.ntpOf(newestInTicks);
        reportNtpMiddle = NtpTime.middle(ntp);
        sink.onRtcp(
                new Rtcp.SenderReport(
                        target.ssrc,
                        ntp,
                        newestOutTicks,
                        packetCount & 0xFFFF_FFFFL,
                        octetCount & 0xFFFF_FFFFL,
                        List.of()));
        var cname = parameters.rtcp().cname();
        sink.onRtcp(
                new Rtcp.SourceDescription(
                        List.of(new Rtcp.SourceDescription.Chunk(target.ssrc, cname))));
    }
}
