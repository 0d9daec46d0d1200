// SPDX-License-Identifier: Apache-2.0
package noom.sfu.sim;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.SplittableRandom;
import noom.rtc.rtcp.Rtcp;
import noom.rtc.rtp.RtpPacket;
import noom.rtc.rtp.RtpWriter;
import org.jspecify.annotations.Nullable;

/// One stream that a browser sends, sound or one encoding of a picture: its packets, what it can
/// send again, and what the rules must know of it: what pictures there were, and what of all that
/// has reached the server.
final class SimStream {
    private static final int HISTORY = 1_024;
    private static final int SETTLED_PACKETS = 12;
    private static final int SHORT_HALF = 64;
    private static final int NTP_FRACTION = 32;
    private static final long NANOS_PER_SECOND = 1_000_000_000L;
    private static final long CLOCK_START_NTP = 0xE000_0000L << NTP_FRACTION;

    final SimTrack track;
    final int encoding;
    final long ssrc;
    final long rtxSsrc;
    final long firstNumber;
    final List<Frame> frames = new ArrayList<>();
    private final String rid;
    private final long firstTicks;
    private final RtpWriter writer = new RtpWriter();
    private final byte[] out = new byte[RtpPacket.MAX_PACKET_BYTES];
    private final byte @Nullable [][] history = new byte[HISTORY][];
    private int[] arrivalOrder = new int[1 << 10];
    private int arrivalCount;
    private final BitSet paddings = new BitSet();
    private long nextNumber;
    private int nextRtx;
    private long packetCount;
    private long highestArrived = -1;
    private int newestFrame;
    boolean isNamed = true;
    boolean isOn = true;
    boolean isKeyWanted = true;

    /// Whether pictures have numbers of seven bits.
    boolean isShort;

    /// Whether such a number has come so far from the newest that nobody knows what it means.
    boolean hasLeapt;

    /// Whether the server knows whose stream this is.
    boolean isBound;

    /// How many numbers had come when the server last went on with it.
    int heldOrder;

    Rtcp.@Nullable SenderReport lastReport;

    /// One picture, or one packet of sound.
    static final class Frame {
        long firstNumber;
        int parts;
        int temporal;
        boolean isKey;
        boolean isSync;
        int tl0;
        long captureNanos;
        int[] builtUpon = {};
    }

    SimStream(SimTrack track, int encoding, String rid, SplittableRandom random) {
        this.track = track;
        this.encoding = encoding;
        this.rid = rid;
        ssrc = random.nextLong(1, 1L << 32);
        rtxSsrc = random.nextLong(1, 1L << 32);
        // Near the end of the circle, but something arrives before it: see ServerRandom.
        firstNumber = (1L << 16) - random.nextInt(20, 150);
        nextNumber = firstNumber;
        nextRtx = random.nextInt(1 << 15);
        firstTicks = (1L << 32) - random.nextLong(5L * track.clockRate);
    }

    long ticksAt(long captureNanos) {
        return (firstTicks + captureNanos / 1_000 * track.clockRate / 1_000_000) & 0xFFFF_FFFFL;
    }

    long newestNumber() {
        return nextNumber - 1;
    }

    /// A packet of the stream, in an array of its own.
    byte[] media(byte[] payload, boolean isMarker, long captureNanos, int level) {
        int seq = (int) nextNumber & 0xFFFF;
        writer.begin(track.payloadType, isMarker, seq, ticksAt(captureNanos), ssrc);
        name(Offers.RID_ID);
        if (!track.isVideo) {
            writer.extension(Offers.AUDIO_LEVEL_ID, new byte[] {(byte) level}, 0, 1);
        }
        placeholders();
        byte[] packet = write(payload);
        history[(int) (nextNumber % HISTORY)] = packet;
        nextNumber++;
        packetCount++;
        return packet;
    }

    /// A packet of the stream with nothing in it, which takes a number all the same.
    byte[] padding(long captureNanos) {
        int seq = (int) nextNumber & 0xFFFF;
        writer.begin(track.payloadType, false, seq, ticksAt(captureNanos), ssrc).padding(50);
        name(Offers.RID_ID);
        placeholders();
        byte[] packet = write(new byte[0]);
        history[(int) (nextNumber % HISTORY)] = null;
        paddings.set((int) (nextNumber - firstNumber));
        nextNumber++;
        return packet;
    }

    /// A packet again; null if it is gone.
    byte @Nullable [] again(long number) {
        var packet = new RtpPacket();
        byte[] bytes = history[(int) (number % HISTORY)];
        if (bytes == null || !packet.wrap(bytes) || packet.seq() != (number & 0xFFFF)) {
            return null;
        }
        var payload = new byte[2 + packet.payloadBytes()];
        payload[0] = (byte) (number >>> 8);
        payload[1] = (byte) number;
        System.arraycopy(bytes, packet.payloadOffset(), payload, 2, payload.length - 2);
        int seq = nextRtx++ & 0xFFFF;
        long ticks = packet.timestampTicks();
        writer.begin(track.rtxPayloadType, packet.isMarker(), seq, ticks, rtxSsrc);
        name(Offers.RRID_ID);
        placeholders();
        return write(payload);
    }

    /// A probe for bandwidth, which repeats nothing.
    byte[] probe() {
        int seq = nextRtx++ & 0xFFFF;
        writer.begin(track.rtxPayloadType, false, seq, 0, rtxSsrc).padding(200);
        name(Offers.RRID_ID);
        placeholders();
        return write(new byte[0]);
    }

    private void name(int ridId) {
        text(Offers.MID_ID, isNamed ? track.mid : "");
        text(ridId, isNamed || ridId == Offers.RRID_ID ? rid : "");
    }

    private void text(int id, String text) {
        if (!text.isEmpty()) {
            byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
            writer.extension(id, bytes, 0, bytes.length);
        }
    }

    private void placeholders() {
        writer.extension(Offers.ABS_SEND_TIME_ID, 3).extension(Offers.TRANSPORT_CC_ID, 2);
    }

    private byte[] write(byte[] payload) {
        return Arrays.copyOf(out, writer.payload(payload, 0, payload.length).writeTo(out, 0));
    }

    /// What the clocks show now.
    Rtcp.SenderReport report(long nowNanos) {
        return new Rtcp.SenderReport(
                ssrc, ntpOf(nowNanos), ticksAt(nowNanos), packetCount, packetCount * 50, List.of());
    }

    static long ntpOf(long nanos) {
        long seconds = nanos / NANOS_PER_SECOND;
        long rest = nanos % NANOS_PER_SECOND;
        return CLOCK_START_NTP
                + (seconds << NTP_FRACTION)
                + (rest << NTP_FRACTION) / NANOS_PER_SECOND;
    }

    static long nanosOf(long ntp) {
        long since = ntp - CLOCK_START_NTP;
        return (since >> NTP_FRACTION) * NANOS_PER_SECOND
                + (((since & 0xFFFF_FFFFL) * NANOS_PER_SECOND) >>> NTP_FRACTION);
    }

    /// Whether so much was sent that something of it surely arrived.
    boolean isSettled() {
        return packetCount > SETTLED_PACKETS;
    }

    /// Whether anything was sent; a report of an encoding that sends nothing is not sent.
    boolean hasBegun() {
        return packetCount > 0;
    }

    /// The endless number of a sequence number that is not newer than the newest.
    long unwrap(int seq) {
        long newest = newestNumber();
        return newest - ((newest - seq) & 0xFFFF);
    }

    /// A packet has reached the server, by itself or sent again.
    void arrive(long number, boolean isRtx) {
        if (isRtx && !isBound) {
            return;
        }
        isBound = true;
        int at = (int) (number - firstNumber);
        if (at >= arrivalOrder.length) {
            arrivalOrder = Arrays.copyOf(arrivalOrder, 2 * (at + 1));
        }
        if (isShort) {
            noticeLeap(number);
        }
        if (arrivalOrder[at] == 0) {
            arrivalOrder[at] = ++arrivalCount;
            highestArrived = Math.max(highestArrived, number);
        }
    }

    private void noticeLeap(long number) {
        int frame = frames.size() - 1;
        while (frame > 0 && frames.get(frame).firstNumber > number) {
            frame--;
        }
        hasLeapt |= highestArrived >= 0 && Math.abs(frame - newestFrame) >= SHORT_HALF;
        newestFrame = Math.max(newestFrame, frame);
    }

    boolean isPadding(long number) {
        return paddings.get((int) (number - firstNumber));
    }

    /// The server goes on with this: what came until now it does not remember.
    void onUnheld() {
        heldOrder = arrivalCount;
    }

    boolean hasArrived(long number) {
        return arrivalOrder(number) > 0;
    }

    /// How many numbers had reached the server with this one; 0 if it has not.
    int arrivalOrder(long number) {
        int at = (int) (number - firstNumber);
        return at < 0 || at >= arrivalOrder.length ? 0 : arrivalOrder[at];
    }

    /// The highest number that has reached the server, or -1.
    long highestArrived() {
        return highestArrived;
    }
}
