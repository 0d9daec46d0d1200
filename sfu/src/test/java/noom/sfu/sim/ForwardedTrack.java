// SPDX-License-Identifier: Apache-2.0
package noom.sfu.sim;

import java.util.TreeMap;
import java.util.function.Supplier;
import noom.rtc.codec.Vp8Descriptor;
import noom.rtc.rtcp.Rtcp;
import noom.rtc.rtp.AudioLevel;
import noom.rtc.rtp.ExtensionIds;
import noom.rtc.rtp.KnownExtension;
import noom.rtc.rtp.Rollover;
import noom.rtc.rtp.RtpPacket;
import noom.rtc.rtp.RtpTimestamp;
import noom.sfu.Consumer;
import noom.sfu.ortc.RouterCapabilities;
import org.jspecify.annotations.Nullable;

/// What the server sends one receiver of one track, looked at packet by packet as it leaves, with
/// knowledge of what was sent and of what of it had come in.
///
/// A run is what is sent of one encoding from a key frame on. Within a run all numbers follow
/// from the sender's; where one begins they follow from the run before.
final class ForwardedTrack {
    private static final ExtensionIds IDS = RouterCapabilities.extensionIds();
    private static final int REMEMBERED = 1 << 11;
    private static final long NONE = Long.MIN_VALUE;
    private static final int STEP_MILLIS = 33;

    /// Timestamps are rounded on their way through wall clocks.
    private static final int ROUNDED_TICKS = 3;

    final SimTrack track;
    final SimBrowser receiver;
    final Consumer consumer;
    final long ssrc;
    final long rtxSsrc;
    final int payloadType;
    final int rtxPayloadType;
    final String mid;
    private final Breaks breaks;
    private final Content content = new Content();
    private final Vp8Descriptor descriptor = new Vp8Descriptor();
    private final Rollover seqs = Rollover.ofSeq();
    private final SentNumbers sent = new SentNumbers();
    private final ForwardedPictures pictures = new ForwardedPictures(this);
    private final TreeMap<Long, Long> outOfNumber = new TreeMap<>();
    boolean isPaused = true;

    /// Whether its receiver wants it, as far as the server knows.
    boolean isWatched;

    int preferredSpatial = 2;
    int preferredTemporal = 2;
    boolean isClosed;
    private int seenEpoch;
    private @Nullable ForwardedRun run;
    private @Nullable SimStream lastRun;
    private @Nullable SimStream reference;
    private long maxOut = NONE;
    private long maxNumber;
    private long ticksOffset;
    private long maxTicks = NONE;
    private boolean isCut;
    private boolean isUnseen;
    private boolean isAmbiguous;
    private boolean isCounted = true;
    private boolean isReferenceKnown = true;
    private long firstSeen = NONE;
    private int nextRtx = -1;
    private long newestTicks;
    private long newestCaptureNanos;
    private long packetCount;
    private long octetCount;

    ForwardedTrack(SimTrack track, SimBrowser receiver, Consumer consumer, Breaks breaks) {
        this.track = track;
        this.receiver = receiver;
        this.consumer = consumer;
        this.breaks = breaks;
        var parameters = consumer.parameters();
        ssrc = parameters.encodings().getFirst().ssrc();
        rtxSsrc = parameters.encodings().getFirst().rtxSsrc();
        payloadType = parameters.codecs().getFirst().payloadType();
        rtxPayloadType = parameters.codecs().getLast().payloadType();
        mid = parameters.mid();
        seenEpoch = track.epoch;
    }

    /// Nothing goes on without a key frame from now on.
    void beginAnew() {
        run = null;
    }

    /// The receiver has lost its connection: what goes on meanwhile is not sent, and so not seen
    /// here. From the next key frame after it on everything is looked at again.
    void onUnseen() {
        isUnseen = true;
        isCounted = false;
    }

    /// The receiver's wish to have a number again has reached the server.
    void onAsked(int seq) {
        sent.onAsked(seq);
    }

    void require(boolean holds, Rule rule, Supplier<String> detail) {
        if (!holds) {
            breaks.report(rule, detail.get() + " " + this, null);
        }
    }

    @Override
    public String toString() {
        return "(%s %s to mid %s, number %d of encoding %d, picture %d part %d of %d)"
                .formatted(
                        track.kind,
                        track.name(),
                        mid,
                        content.number,
                        content.encoding,
                        content.frame,
                        content.part,
                        content.parts);
    }

    private boolean isLayered() {
        return track.kind == SimTrack.Kind.CAMERA;
    }

    /// A packet leaves.
    void onRtp(RtpPacket packet) {
        boolean isRtx = packet.ssrc() == rtxSsrc && rtxSsrc >= 0;
        require(!isPaused, Rule.SIGNALLED, () -> "sent while paused");
        require(!track.isClosed, Rule.SIGNALLED, () -> "sent after the end");
        require(isRtx || !track.isHeld, Rule.SIGNALLED, () -> "sent while held");
        int expected = isRtx ? rtxPayloadType : payloadType;
        require(packet.payloadType() == expected, Rule.SIGNALLED, () -> "wrong payload type");
        var told = packet.extensions().text(IDS.id(KnownExtension.MID));
        require(mid.equals(told), Rule.SIGNALLED, () -> "mid " + told);
        if (isRtx) {
            onRepeated(packet);
            return;
        }
        int at = read(packet, 0);
        if (at >= 0) {
            checkContent(packet);
            place(packet, track.streams.get(content.encoding));
            packetCount++;
            octetCount += packet.payloadBytes();
        }
    }

    /// @return where the content begins, or -1
    private int read(RtpPacket packet, int skippedBytes) {
        int at = packet.payloadOffset() + skippedBytes;
        int length = packet.payloadBytes() - skippedBytes;
        if (track.isVideo) {
            boolean isRead = descriptor.wrap(packet.array(), at, length);
            require(isRead, Rule.SAME_CONTENT, () -> "no descriptor");
            int before = isRead ? descriptor.descriptorBytes() + 1 : 0;
            at += before;
            length -= before;
        }
        boolean isWhole = content.read(packet.array(), at, length);
        require(isWhole, Rule.SAME_CONTENT, () -> "payload changed");
        return isWhole ? at : -1;
    }

    private void checkContent(RtpPacket packet) {
        require(content.track == track.id, Rule.SAME_CONTENT, () -> "another's packet");
        boolean isLast = content.part == content.parts - 1;
        require(packet.isMarker() == isLast || !track.isVideo, Rule.PICTURES, () -> "wrong marker");
        if (!track.isVideo) {
            var level = AudioLevel.read(packet.extensions(), IDS.id(KnownExtension.AUDIO_LEVEL));
            boolean isSame = level != null && level.attenuationDb() == (content.level & 0x7F);
            require(isSame, Rule.SAME_CONTENT, () -> "wrong level");
            return;
        }
        require(
                descriptor.isFrameStart() == (content.part == 0),
                Rule.PICTURES,
                () -> "wrong start");
        if (descriptor.temporalId() != Vp8Descriptor.ABSENT) {
            require(
                    descriptor.temporalId() == content.temporal,
                    Rule.PICTURES,
                    () -> "wrong layer");
            require(descriptor.isLayerSync() == content.isSync, Rule.PICTURES, () -> "wrong sync");
        }
    }

    private void place(RtpPacket packet, SimStream stream) {
        long out = seqs.unwrap(packet.seq());
        require(!sent.has(out), Rule.SAME_CONTENT, () -> "number " + out + " given twice");
        if (track.epoch != seenEpoch) {
            seenEpoch = track.epoch;
            beginAnew();
        }
        var before = run;
        boolean isBegun = before == null || before.stream() != stream;
        isAmbiguous |= stream.hasLeapt;
        if (isUnseen) {
            lookAgain(packet, stream, out);
            return;
        } else if (isBegun) {
            begin(packet, stream, out);
        } else if (out > maxOut) {
            goOn(before, out);
        } else {
            checkLate(out);
        }
        checkTicks(packet, stream);
        if (track.isVideo) {
            boolean isFirst = pictures.check(run, content, descriptor, isBegun, isAmbiguous);
            boolean isWanted = !isFirst || content.temporal <= preferredTemporal;
            require(
                    isWanted || !isLayered(),
                    Rule.SIGNALLED,
                    () -> "sends a layer that nobody wants");
        }
        remember(packet, out);
    }

    private void begin(RtpPacket packet, SimStream stream, long out) {
        boolean isKeyStart = content.isKey && content.part == 0;
        require(isKeyStart || !track.isVideo, Rule.DECODABLE, () -> "begins without a key frame");
        boolean isNext = maxOut == NONE || out == maxOut + (isCut && track.isVideo ? 2 : 1);
        require(isNext, Rule.CONTIGUOUS, () -> "begins with " + out + " after " + maxOut);
        align(packet, stream);
        startRun(stream);
    }

    /// Takes what comes for given, up to and with the first packet of a key frame.
    private void lookAgain(RtpPacket packet, SimStream stream, long out) {
        boolean isStart = !track.isVideo || (content.isKey && content.part == 0);
        // A key frame that was lost and came late goes where it belongs, and begins nothing.
        boolean isLate = maxOut != NONE && out < maxOut && content.number < maxNumber;
        boolean isAhead = maxOut == NONE || out > maxOut || !isStart || isLate;
        require(isAhead, Rule.CONTIGUOUS, () -> "goes back");
        if (out < maxOut || !isStart) {
            remember(packet, out);
            return;
        }
        isUnseen = false;
        isReferenceKnown &= reference != null;
        reference = reference == null ? stream : reference;
        ticksOffset = packet.timestampTicks() - stream.ticksAt(content.captureNanos);
        firstSeen = out;
        startRun(stream);
        lastRun = stream;
        if (track.isVideo) {
            pictures.believe(run, content, descriptor);
        }
        remember(packet, out);
    }

    private void startRun(SimStream stream) {
        outOfNumber.clear();
        pictures.startRun();
        run = new ForwardedRun(stream, content.number, stream.arrivalOrder(content.number));
    }

    /// The time line goes on at the time of capture, or right after the last picture.
    private void align(RtpPacket packet, SimStream stream) {
        long in = stream.ticksAt(content.captureNanos);
        long offset = packet.timestampTicks() - in;
        if (reference == null) {
            reference = stream;
            require((offset & 0xFFFF_FFFFL) == 0, Rule.TIMESTAMPS, () -> "the first are changed");
        } else {
            boolean isSame = lastRun == stream;
            long expected = isSame ? in + ticksOffset : reference.ticksAt(content.captureNanos);
            long step = maxTicks + (long) STEP_MILLIS * track.clockRate / 1_000;
            int rounded = isSame ? 0 : ROUNDED_TICKS;
            int ahead = RtpTimestamp.distanceTicks(maxTicks, expected);
            int off = RtpTimestamp.distanceTicks(expected, packet.timestampTicks());
            boolean isStep = RtpTimestamp.distanceTicks(step, packet.timestampTicks()) == 0;
            // At the very edge rounding decides which of the two it is.
            boolean isAligned = ahead > -rounded && Math.abs(off) <= rounded;
            require(
                    isAligned || (ahead <= rounded && isStep) || !(isSame || isReferenceKnown),
                    Rule.TIMESTAMPS,
                    () -> "a source begins " + off + " ticks off, " + ahead + " ahead");
            require(
                    RtpTimestamp.distanceTicks(maxTicks, packet.timestampTicks()) > 0,
                    Rule.TIMESTAMPS,
                    () -> "time goes back");
        }
        ticksOffset = offset;
        lastRun = stream;
    }

    private void goOn(ForwardedRun in, long out) {
        int missing = in.missingBetween(maxNumber, content.number);
        require(content.number > maxNumber, Rule.CONTIGUOUS, () -> "goes back");
        require(
                out - maxOut - 1 == missing || isAmbiguous,
                Rule.CONTIGUOUS,
                () -> "a hole of " + (out - maxOut - 1) + " where " + missing + " are missing");
    }

    private void checkLate(long out) {
        var before = outOfNumber.floorEntry((long) content.number);
        var after = outOfNumber.ceilingEntry((long) content.number);
        boolean isBetween =
                (before == null || before.getValue() < out)
                        && (after == null || after.getValue() > out);
        require(isBetween, Rule.CONTIGUOUS, () -> "late in a wrong place, " + out);
    }

    private void checkTicks(RtpPacket packet, SimStream stream) {
        long expected = stream.ticksAt(content.captureNanos) + ticksOffset & 0xFFFF_FFFFL;
        require(
                packet.timestampTicks() == expected,
                Rule.TIMESTAMPS,
                () -> packet.timestampTicks() + " instead of " + expected);
    }

    private void remember(RtpPacket packet, long out) {
        sent.put(out, packet);
        outOfNumber.put((long) content.number, out);
        if (outOfNumber.size() > REMEMBERED) {
            outOfNumber.pollFirstEntry();
        }
        boolean isNewer =
                maxTicks == NONE
                        || RtpTimestamp.distanceTicks(maxTicks, packet.timestampTicks()) > 0;
        maxTicks = isNewer ? packet.timestampTicks() : maxTicks;
        if (out > maxOut || maxOut == NONE) {
            maxOut = out;
            maxNumber = content.number;
            pictures.onNewest(content);
            isCut = !packet.isMarker();
            newestTicks = packet.timestampTicks();
            newestCaptureNanos = content.captureNanos;
        }
    }

    private void onRepeated(RtpPacket packet) {
        int seq = packet.seq();
        int next = nextRtx;
        require(
                next < 0 || seq == next,
                Rule.CONTIGUOUS,
                () -> "repeats under " + seq + " after " + next);
        nextRtx = seq + 1 & 0xFFFF;
        byte[] bytes = packet.array();
        int at = packet.payloadOffset();
        int original = (bytes[at] & 0xFF) << 8 | (bytes[at + 1] & 0xFF);
        boolean isKnown = sent.isKnown(original);
        boolean isFromBefore = firstSeen != NONE && seqs.peek(original) < firstSeen;
        require(
                isKnown || isFromBefore || isUnseen,
                Rule.SAME_CONTENT,
                () -> "repeats " + original + ", which was not sent");
        require(
                !isKnown || sent.isSame(original, packet, 2),
                Rule.SAME_CONTENT,
                () -> "repeats " + original + " otherwise than it was");
        require(sent.takeAsked(original), Rule.REQUESTS, () -> "repeats " + original + " unasked");
    }

    /// A report on the stream leaves.
    void onReport(Rtcp.SenderReport report) {
        require(
                !isCounted
                        || (report.packetCount() == packetCount
                                && report.octetCount() == octetCount),
                Rule.REPORTS,
                () -> "counts " + report.packetCount() + " of " + packetCount);
        if (isUnseen) {
            return;
        }
        require(report.rtpTicks() == newestTicks, Rule.REPORTS, () -> "not of the newest picture");
        long offNanos = SimStream.nanosOf(report.ntpTime()) - newestCaptureNanos;
        require(Math.abs(offNanos) < 100_000, Rule.REPORTS, () -> "clocks are off by " + offNanos);
    }
}
