// SPDX-License-Identifier: Apache-2.0
package noom.sfu.sim;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import noom.rtc.codec.Vp8Descriptor;
import noom.rtc.rtcp.Rtcp;
import noom.rtc.rtp.Rollover;
import noom.rtc.rtp.RtpPacket;
import noom.rtc.rtp.Rtx;

/// A track as a browser gets it: asks for what is missing, puts pictures together, decodes what
/// can be decoded, and asks for a key frame when nothing can.
///
/// Owner: the browser.
final class ReceivedTrack {
    private static final long PATIENCE_NANOS = Duration.ofMillis(15).toNanos();
    private static final long ASK_AGAIN_NANOS = Duration.ofMillis(100).toNanos();
    private static final long STUCK_NANOS = Duration.ofMillis(500).toNanos();
    private static final int MOST_TRIES = 6;
    private static final int MOST_MISSING = 200;
    private static final int MOST_PICTURES = 100;
    private static final long FIRST = Long.MIN_VALUE;

    final ForwardedTrack from;
    private final long ownSsrc;
    private final boolean asksByFir;
    private final Breaks breaks;
    private final Rollover rollover = Rollover.ofSeq();
    private final TreeMap<Long, Missing> missing = new TreeMap<>();
    private final Map<Integer, Picture> pictures = new HashMap<>();
    private final Set<Integer> decoded = new HashSet<>();
    private final Map<Long, Integer> contents = new HashMap<>();
    private final Content content = new Content();
    private final Vp8Descriptor descriptor = new Vp8Descriptor();
    private final RtpPacket original = new RtpPacket();
    private long highest = FIRST;
    private int decodedEncoding = -1;
    private long decodedCaptureNanos = FIRST;
    private long stuckSinceNanos;
    private long packetNanos;
    private long askedNanos = FIRST;
    private int firCount;
    private long reportMiddle;
    private long reportNanos;
    private long receivedCount;
    long startedNanos;
    long decodedCount;
    long decodedNanos;
    boolean isRunning;

    private static final class Missing {
        long dueNanos;
        int tries;
    }

    private static final class Picture {
        int frame;
        int encoding;
        int parts;
        int count;
        boolean isKey;
        long captureNanos;
        final List<Integer> builtUpon = new ArrayList<>();
    }

    ReceivedTrack(ForwardedTrack from, long ownSsrc, boolean asksByFir, Breaks breaks) {
        this.from = from;
        this.ownSsrc = ownSsrc;
        this.asksByFir = asksByFir;
        this.breaks = breaks;
    }

    /// The receiver wants it from now on.
    void start(long nowNanos) {
        isRunning = true;
        startedNanos = nowNanos;
        stuckSinceNanos = nowNanos;
    }

    /// It does not.
    void stop() {
        isRunning = false;
        missing.clear();
        pictures.clear();
    }

    /// A packet came, in its own stream or sent again.
    void onRtp(RtpPacket received, long nowNanos) {
        var packet = received;
        if (received.ssrc() == from.rtxSsrc) {
            if (!Rtx.unwrap(received, from.payloadType, from.ssrc, original)) {
                return;
            }
            packet = original;
        }
        packetNanos = nowNanos;
        long number = rollover.unwrap(packet.seq());
        boolean isNew = onNumber(number, nowNanos);
        int at = packet.payloadOffset();
        int length = packet.payloadBytes();
        if (from.track.isVideo && descriptor.wrap(packet.array(), at, length)) {
            at += descriptor.descriptorBytes() + 1;
            length -= descriptor.descriptorBytes() + 1;
        }
        if (!content.read(packet.array(), at, length)) {
            breaks.report(Rule.SAME_CONTENT, "a payload was changed on its way", null);
            return;
        }
        int sum = 31 * content.number + content.encoding;
        Integer before = contents.put(number, sum);
        boolean isSame = before == null || before == sum;
        breaks.require(isSame, Rule.SAME_CONTENT, () -> "two packets of number " + number);
        if (isNew && before == null) {
            receivedCount++;
            take(nowNanos);
        }
    }

    private boolean onNumber(long number, long nowNanos) {
        if (highest == FIRST || number > highest) {
            if (highest != FIRST && from.track.isVideo && number - highest < MOST_MISSING) {
                for (long lost = highest + 1; lost < number; lost++) {
                    var one = new Missing();
                    one.dueNanos = nowNanos + PATIENCE_NANOS;
                    missing.put(lost, one);
                }
            }
            highest = number;
            return true;
        }
        missing.remove(number);
        return true;
    }

    private void take(long nowNanos) {
        if (!from.track.isVideo) {
            decodedCount++;
            decodedNanos = nowNanos;
            return;
        }
        int key = content.frame << 2 | content.encoding;
        var picture = pictures.computeIfAbsent(key, _ -> begin());
        if (++picture.count == picture.parts) {
            decode(nowNanos);
        }
        if (pictures.size() > MOST_PICTURES) {
            pictures.values().removeIf(one -> one.captureNanos < decodedCaptureNanos);
        }
    }

    private Picture begin() {
        var picture = new Picture();
        picture.frame = content.frame;
        picture.encoding = content.encoding;
        picture.parts = content.parts;
        picture.isKey = content.isKey;
        picture.captureNanos = content.captureNanos;
        for (int one : content.builtUpon) {
            if (one != Content.NONE) {
                picture.builtUpon.add(one);
            }
        }
        return picture;
    }

    /// Decodes what has become possible, oldest first.
    private void decode(long nowNanos) {
        boolean goesOn = true;
        while (goesOn) {
            Picture next = null;
            for (var picture : pictures.values()) {
                boolean isOlder = next == null || picture.captureNanos < next.captureNanos;
                if (canBeDecoded(picture) && isOlder) {
                    next = picture;
                }
            }
            goesOn = next != null;
            if (goesOn) {
                onDecoded(next, nowNanos);
            }
        }
    }

    private boolean canBeDecoded(Picture picture) {
        if (picture.count < picture.parts) {
            return false;
        }
        if (picture.isKey) {
            return picture.captureNanos > decodedCaptureNanos;
        }
        return picture.encoding == decodedEncoding && decoded.containsAll(picture.builtUpon);
    }

    private void onDecoded(Picture picture, long nowNanos) {
        pictures.remove(picture.frame << 2 | picture.encoding);
        if (picture.isKey) {
            decoded.clear();
            decodedEncoding = picture.encoding;
            pictures.values().removeIf(one -> one.captureNanos < picture.captureNanos);
        }
        decoded.add(picture.frame);
        decodedCaptureNanos = Math.max(decodedCaptureNanos, picture.captureNanos);
        decodedCount++;
        decodedNanos = nowNanos;
        stuckSinceNanos = nowNanos;
    }

    /// What is to be said of it now.
    void advance(long nowNanos, List<Rtcp> out) {
        if (!isRunning || !hasBegun()) {
            return;
        }
        if (!missing.isEmpty()) {
            askForMissing(nowNanos, out);
        }
        boolean isStuck = nowNanos - stuckSinceNanos > STUCK_NANOS;
        boolean isSilent = nowNanos - packetNanos > STUCK_NANOS;
        boolean isAsked = askedNanos != FIRST && nowNanos - askedNanos < STUCK_NANOS;
        if (isStuck && !isSilent && !isAsked) {
            askedNanos = nowNanos;
            out.add(
                    asksByFir
                            ? new Rtcp.Fir(
                                    ownSsrc,
                                    List.of(new Rtcp.Fir.Entry(from.ssrc, firCount++ & 0xFF)))
                            : new Rtcp.Pli(ownSsrc, from.ssrc));
        }
    }

    private void askForMissing(long nowNanos, List<Rtcp> out) {
        var items = new ArrayList<Rtcp.Nack.Item>();
        for (var entry : missing.entrySet()) {
            var one = entry.getValue();
            if (nowNanos >= one.dueNanos) {
                one.dueNanos = nowNanos + ASK_AGAIN_NANOS;
                one.tries++;
                items.add(new Rtcp.Nack.Item((int) (entry.getKey() & 0xFFFF), 0));
            }
        }
        missing.values().removeIf(one -> one.tries >= MOST_TRIES);
        if (!items.isEmpty()) {
            out.add(new Rtcp.Nack(ownSsrc, from.ssrc, items));
        }
    }

    /// The server reported on it.
    void onReport(Rtcp.SenderReport report, long nowNanos) {
        reportMiddle = report.ntpTime() >>> 16 & 0xFFFF_FFFFL;
        reportNanos = nowNanos;
    }

    boolean hasBegun() {
        return receivedCount > 0;
    }

    /// How it arrives.
    Rtcp.ReportBlock block(long nowNanos) {
        long delay = reportMiddle == 0 ? 0 : ((nowNanos - reportNanos) << 16) / 1_000_000_000L;
        return new Rtcp.ReportBlock(
                from.ssrc, 0, 0, highest & 0xFFFF_FFFFL, 0, reportMiddle, delay);
    }
}
