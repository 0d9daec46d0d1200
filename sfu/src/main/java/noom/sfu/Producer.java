// SPDX-License-Identifier: Apache-2.0
package noom.sfu;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import noom.rtc.codec.VideoCodec;
import noom.rtc.rtcp.Rtcp;
import noom.rtc.rtp.AudioLevel;
import noom.rtc.rtp.ExtensionIds;
import noom.rtc.rtp.HeaderExtensions;
import noom.rtc.rtp.KnownExtension;
import noom.rtc.rtp.RtpPacket;
import noom.rtc.rtp.Rtx;
import noom.sfu.audio.Voice;
import noom.sfu.forward.KeyFrameRequests;
import noom.sfu.forward.LayerSelector;
import noom.sfu.ortc.Consumable;
import noom.sfu.ortc.MediaKind;
import noom.sfu.ortc.ProduceCheck;
import noom.sfu.ortc.RtpEncodingParameters;
import noom.sfu.repair.ReceiveStream.Arrival;
import org.jspecify.annotations.Nullable;

/// A track that a peer sends, with all its encodings; or the mirror of one that arrives at another
/// worker, which gets from there what is whole and new, and hands its wishes on.
///
/// Owner: the router's media worker. Packets are borrowed until the call returns; one copy goes
/// into the encoding's history, whatever the number of receivers.
public final class Producer {
    /// The time between two receiver reports.
    static final long REPORT_NANOS = Duration.ofSeconds(1).toNanos();

    /// The time between two looks at what receivers need.
    static final long TURN_NANOS = Duration.ofMillis(100).toNanos();

    /// Packets that came before the key frame's first one, and are sent after it.
    static final int MAX_EARLY_PACKETS = 30;

    private final String id;
    private final ProduceCheck.Accepted track;
    private final Consumable consumable;
    private final Source source;
    private final boolean isMirror;
    private final Encoding[] encodings;
    private final KeyFrameRequests keyFrames;
    private final List<Consumer> consumers = new ArrayList<>();
    private final Feeds feeds = new Feeds();
    private final RtpPacket unwrapped = new RtpPacket();
    private final RtpPacket early = new RtpPacket();
    private final Voice voice;
    private final int audioLevelId;
    private int lostEncoding = LayerSelector.NONE;
    private boolean isPaused;
    private boolean isWanted;
    private int layersWanted = Integer.MAX_VALUE;
    private long reportDueNanos = Long.MIN_VALUE;
    private long turnDueNanos = Long.MIN_VALUE;

    /// What comes out, to the transport of who sends.
    public interface Sink {
        /// Feedback and reports to the sender.
        void onRtcp(Rtcp packet);

        /// The highest spatial layer (encoding, with simulcast) that anybody wants, -1 for
        /// none: the sender may stop those above.
        void onLayersWanted(int maxSpatialLayer);
    }

    Producer(
            String id,
            ProduceCheck.Accepted track,
            Consumable consumable,
            long localSsrc,
            Sink sink) {
        this.id = id;
        this.track = track;
        this.consumable = consumable;
        var sender = new Sender(localSsrc, sink);
        source = sender;
        isMirror = false;
        voice = new Voice(id);
        audioLevelId = track.extensionIds().id(KnownExtension.AUDIO_LEVEL);
        encodings = Encoding.of(track, sender, index -> lostEncoding = index);
        keyFrames = new KeyFrameRequests(encodings.length, i -> source.askKeyFrame(encodings[i]));
    }

    /// A mirror.
    Producer(TrackLink link, Source source) {
        id = link.id();
        track = link.track();
        consumable = link.consumable();
        this.source = source;
        isMirror = true;
        voice = new Voice(id);
        audioLevelId = ExtensionIds.NONE; // it is heard where it arrives
        encodings = Encoding.of(track, null, _ -> {});
        keyFrames = new KeyFrameRequests(encodings.length, i -> source.askKeyFrame(encodings[i]));
        reportDueNanos = Long.MAX_VALUE;
    }

    /// Its name.
    public String id() {
        return id;
    }

    /// What receivers may be offered of it.
    public Consumable consumable() {
        return consumable;
    }

    /// Its loudness, if it is sound.
    public Voice voice() {
        return voice;
    }

    /// Scores of its encodings, 0 to 10; 0 while an encoding sends nothing.
    public int score(int encodingIndex) {
        return encodings[encodingIndex].score();
    }

    /// Bits per second of an encoding.
    public long bitrateBps(int encodingIndex, long nowNanos) {
        return encodings[encodingIndex].bitrateBps(nowNanos);
    }

    /// The round trip to who sends it; -1 until it is known.
    public long roundTripNanos() {
        return encodings[0].roundTripNanos();
    }

    /// The highest spatial layer that anybody wanted when it was last looked, -1 for none;
    /// `Integer.MAX_VALUE` before.
    public int layersWanted() {
        return layersWanted;
    }

    ExtensionIds extensionIds() {
        return track.extensionIds();
    }

    String mid() {
        return track.parameters().mid();
    }

    int payloadType() {
        return track.codec().payloadType();
    }

    int rtxPayloadType() {
        return track.rtxPayloadType();
    }

    /// How many encodings it has, 1 or more.
    public int encodingCount() {
        return encodings.length;
    }

    RtpEncodingParameters encodingParameters(int index) {
        return track.parameters().encodings().get(index);
    }

    int indexOfRid(String rid) {
        for (int i = 0; i < encodings.length; i++) {
            if (encodingParameters(i).rid().equals(rid)) {
                return i;
            }
        }
        return -1;
    }

    Encoding encoding(int index) {
        return encodings[index];
    }

    @Nullable VideoCodec codec() {
        return track.codec().videoCodec().orElse(null);
    }

    void onSsrc(int encodingIndex, long ssrc) {
        encodings[encodingIndex].onSsrc(ssrc);
    }

    void add(Consumer consumer, long nowNanos) {
        consumers.add(consumer);
        for (int i = 0; i < encodings.length; i++) {
            if (encodings[i].isAlive()) {
                consumer.onEncodingAlive(i, encodings[i].aliveSinceNanos(), nowNanos);
            }
        }
        lookSoon();
    }

    void remove(Consumer consumer) {
        consumers.remove(consumer);
        lookSoon();
    }

    boolean hasConsumers() {
        return !consumers.isEmpty();
    }

    /// The next turn looks at what receivers need.
    void lookSoon() {
        turnDueNanos = Long.MIN_VALUE;
    }

    /// What another worker's router needs to mirror it.
    ///
    /// @param home the mailbox of this producer's owner
    public TrackLink link(RouterMailbox home) {
        return new TrackLink(id, track, consumable, this, home);
    }

    boolean isMirror() {
        return isMirror;
    }

    Feeds feeds() {
        return feeds;
    }

    /// Of a mirror.
    void end() {
        source.end();
    }

    /// A consumer goes on now, or does not.
    void onFlowChanged() {
        if (isMirror) {
            boolean flows = consumers.stream().anyMatch(consumer -> !consumer.isPaused());
            if (flows != isWanted) {
                isWanted = flows;
                source.want(flows);
            }
        }
    }

    List<Consumer> consumers() {
        return List.copyOf(consumers);
    }

    /// Stops forwarding, or goes on; the sender's packets still count.
    public void setPaused(boolean isPaused) {
        if (this.isPaused && !isPaused) {
            for (var consumer : consumers) {
                consumer.restart();
            }
            lookSoon();
        }
        this.isPaused = isPaused;
        feeds.setPaused(isPaused);
    }

    boolean isPaused() {
        return isPaused;
    }

    /// The sender began anew.
    void restart() {
        for (int i = 0; i < consumers.size(); i++) {
            consumers.get(i).restart();
        }
        feeds.restart();
    }

    /// Of a mirror: what follows cannot be decoded until there is a key frame.
    void onCut(int encodingIndex) {
        consumers.forEach(consumer -> consumer.onCut(encodingIndex));
        lookSoon();
    }

    /// Of a mirror: a packet that the producer forwards, perhaps once more after a cut; receivers
    /// are offered each once.
    void onMirrored(RtpPacket packet, int encodingIndex, long nowNanos) {
        var encoding = encodings[encodingIndex];
        boolean isKnown = encoding.history.find(packet.seq(), nowNanos, early);
        if (!isPaused && !isKnown && encoding.view.wrap(packet)) {
            forward(encoding, packet, nowNanos);
        }
    }

    /// A packet of one of its streams.
    void onRtp(RtpPacket received, int encodingIndex, boolean isRtx, long nowNanos) {
        var encoding = encodings[encodingIndex];
        var packet = received;
        if (isRtx) {
            // Padding sent to probe repeats nothing, and may come before any media.
            boolean isTaken =
                    encoding.hasSsrc()
                            && Rtx.unwrap(received, payloadType(), encoding.ssrc(), unwrapped);
            if (!isTaken) {
                return;
            }
            packet = unwrapped;
        }
        boolean isWhole = !packet.isPaddingOnly() && encoding.view.wrap(packet);
        var arrival = encoding.onPacket(packet, isRtx, nowNanos);
        if (lostEncoding != LayerSelector.NONE) {
            askKeyFrame(lostEncoding, nowNanos);
            lostEncoding = LayerSelector.NONE;
        }
        if (arrival == Arrival.DUPLICATE || arrival == Arrival.DOUBTFUL) {
            return;
        }
        if (!isRtx && !encoding.isAlive()) {
            become(encodingIndex, true, nowNanos, nowNanos);
        }
        if (arrival == Arrival.RESTARTED) {
            restart();
        }
        if (isPaused) {
            return;
        }
        if (isWhole) {
            forward(encoding, packet, nowNanos);
        } else {
            leaveOut(packet.seq(), encodingIndex);
        }
    }

    private void forward(Encoding encoding, RtpPacket packet, long nowNanos) {
        if (encoding.view.isKeyFrameStart()) {
            keyFrames.onKeyFrame(encoding.view.encodingIndex());
        }
        if (audioLevelId != ExtensionIds.NONE) {
            hear(packet, nowNanos);
        }
        encoding.history.store(packet, nowNanos);
        for (int i = 0; i < consumers.size(); i++) {
            if (consumers.get(i).onPacket(encoding.view, nowNanos)) {
                sendEarly(consumers.get(i), encoding, packet.seq(), nowNanos);
                encoding.view.wrap(packet);
            }
        }
        feeds.onPacket(encoding.view, packet, nowNanos);
    }

    private void hear(RtpPacket packet, long nowNanos) {
        var extensions = packet.extensions();
        if (extensions.find(audioLevelId) != HeaderExtensions.ABSENT) {
            var level = AudioLevel.read(extensions, audioLevelId);
            if (level != null) {
                voice.onPacket(level.attenuationDb(), nowNanos);
            }
        }
    }

    /// A source was begun with this packet: what came before it but belongs after it, as the
    /// network had changed their order, follows now.
    private void sendEarly(Consumer consumer, Encoding encoding, int seq, long nowNanos) {
        for (int i = 1; i <= MAX_EARLY_PACKETS; i++) {
            if (encoding.history.find((seq + i) & 0xFFFF, nowNanos, early)
                    && encoding.view.wrap(early)) {
                consumer.onPacket(encoding.view, nowNanos);
            }
        }
    }

    /// Padding, and what cannot be understood: no receiver sees a hole.
    void leaveOut(int seq, int encodingIndex) {
        for (int i = 0; i < consumers.size(); i++) {
            consumers.get(i).leaveOut(seq, encodingIndex);
        }
        feeds.leaveOut(seq, encodingIndex);
    }

    void onSenderReport(int encodingIndex, long ntpTime, long rtpTicks, long nowNanos) {
        encodings[encodingIndex].onSenderReport(ntpTime, rtpTicks, nowNanos);
        feeds.onSenderReport(encodingIndex, ntpTime, rtpTicks);
    }

    void onRoundTrip(long nanos) {
        for (var encoding : encodings) {
            encoding.onRoundTrip(nanos);
        }
    }

    /// A receiver needs a key frame.
    void askKeyFrame(int encodingIndex, long nowNanos) {
        if (track.kind() == MediaKind.VIDEO && !isPaused) {
            keyFrames.ask(encodingIndex, nowNanos);
        }
    }

    /// Does what has become due.
    public void advance(long nowNanos) {
        for (var encoding : encodings) {
            encoding.advance(nowNanos);
        }
        keyFrames.advance(nowNanos);
        if (nowNanos >= turnDueNanos) {
            turnDueNanos = nowNanos + TURN_NANOS;
            takeTurn(nowNanos);
        }
        if (!isMirror && nowNanos >= reportDueNanos) {
            reportDueNanos = nowNanos + REPORT_NANOS;
            sendReport(nowNanos);
        }
    }

    /// When it next wants time.
    public long nextDeadlineNanos() {
        long next = Math.min(Math.min(turnDueNanos, reportDueNanos), keyFrames.nextDeadlineNanos());
        for (var encoding : encodings) {
            next = Math.min(next, encoding.nextDeadlineNanos());
        }
        return next;
    }

    private void takeTurn(long nowNanos) {
        for (int i = 0; i < encodings.length; i++) {
            if (!isMirror && encodings[i].isSilent(nowNanos)) {
                become(i, false, nowNanos, nowNanos);
            }
        }
        int wanted = feeds.layersWanted();
        for (var consumer : consumers) {
            consumer.advance(nowNanos);
            wanted = Math.max(wanted, consumer.wantedSpatialLayer());
            int keyFrame = consumer.keyFrameWanted();
            if (keyFrame != LayerSelector.NONE) {
                askKeyFrame(keyFrame, nowNanos);
            }
        }
        if (wanted != layersWanted) {
            layersWanted = wanted;
            source.wantLayers(wanted);
        }
    }

    void become(int encodingIndex, boolean isAlive, long sinceNanos, long nowNanos) {
        encodings[encodingIndex].become(isAlive, sinceNanos);
        for (int i = 0; i < consumers.size(); i++) {
            if (isAlive) {
                consumers.get(i).onEncodingAlive(encodingIndex, sinceNanos, nowNanos);
            } else {
                consumers.get(i).onEncodingSilent(encodingIndex, nowNanos);
            }
        }
        feeds.onAlive(encodingIndex, isAlive, sinceNanos);
    }

    private void sendReport(long nowNanos) {
        var blocks = new ArrayList<Rtcp.ReportBlock>();
        for (var encoding : encodings) {
            if (encoding.isAlive() && encoding.hasSsrc()) {
                blocks.add(encoding.report(nowNanos));
            }
        }
        if (!blocks.isEmpty() && source instanceof Sender sender) {
            sender.report(blocks);
        }
    }
}
