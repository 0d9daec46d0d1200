// SPDX-License-Identifier: Apache-2.0
package noom.sfu;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import noom.rtc.codec.VideoCodec;
import noom.rtc.rtp.ExtensionIds;
import noom.rtc.rtp.KnownExtension;
import noom.rtc.rtp.RtpPacket;
import noom.rtc.rtp.RtpWriter;
import noom.sfu.forward.Dependencies;
import noom.sfu.forward.MediaPacket;
import noom.sfu.forward.Packets;
import noom.sfu.ortc.RtcpParameters;
import noom.sfu.ortc.RtpCodecParameters;
import noom.sfu.ortc.RtpEncodingParameters;
import noom.sfu.ortc.RtpHeaderExtensionParameters;
import noom.sfu.ortc.RtpParameters;
import org.junit.jupiter.api.Test;

/// What is written over for the next receiver is what would have been written anew for it alone.
class PacketWriterTest {
    private static final int SEEDS = 100;
    private static final int STEPS = 300;
    private static final int DEPENDENCY_ID = 12;
    private static final int TRANSPORT_SEQ_ID = 5;
    private static final ExtensionIds FROM =
            ExtensionIds.of(
                            Map.of(
                                    KnownExtension.MID, 4,
                                    KnownExtension.TRANSPORT_CC, 3,
                                    KnownExtension.VIDEO_ORIENTATION, 13,
                                    KnownExtension.DEPENDENCY_DESCRIPTOR, DEPENDENCY_ID))
                    .orElseThrow();

    private static final List<KnownExtension> WANTED =
            List.of(
                    KnownExtension.MID,
                    KnownExtension.ABS_SEND_TIME,
                    KnownExtension.DEPENDENCY_DESCRIPTOR,
                    KnownExtension.VIDEO_ORIENTATION);

    private final List<PacketWriter.Target> targets = new ArrayList<>();

    private PacketWriter.Target target(int payloadType, String mid, KnownExtension... wanted) {
        var extensions = new ArrayList<RtpHeaderExtensionParameters>();
        var transportCc = KnownExtension.TRANSPORT_CC.uri();
        extensions.add(new RtpHeaderExtensionParameters(transportCc, TRANSPORT_SEQ_ID));
        for (var extension : wanted) {
            int id = 6 + WANTED.indexOf(extension);
            extensions.add(new RtpHeaderExtensionParameters(extension.uri(), id));
        }
        long ssrc = 1_000L + targets.size();
        var codec =
                new RtpCodecParameters("video/VP8", payloadType, 90_000, 0, Map.of(), List.of());
        var encoding =
                new RtpEncodingParameters("", ssrc, RtpEncodingParameters.NO_SSRC, "", 0, false);
        var target =
                new PacketWriter.Target(
                        new RtpParameters(
                                mid,
                                List.of(codec),
                                extensions,
                                List.of(encoding),
                                new RtcpParameters("cname", true),
                                ""),
                        FROM);
        targets.add(target);
        return target;
    }

    private static RtpPacket packet(byte[] payload, byte[] dependencies, int seq) {
        var writer = new RtpWriter().begin(100, false, seq, 90L * seq, 7);
        writer.extension(4, new byte[] {'0'}, 0, 1);
        writer.extension(3, new byte[] {1, 2}, 0, 2);
        writer.extension(13, new byte[] {3}, 0, 1);
        writer.extension(DEPENDENCY_ID, dependencies, 0, dependencies.length);
        var bytes = new byte[RtpPacket.MAX_PACKET_BYTES];
        int length = writer.payload(payload, 0, payload.length).writeTo(bytes, 0);
        var packet = new RtpPacket();
        assertThat(packet.wrap(bytes, 0, length)).isTrue();
        return packet;
    }

    private static byte[] bytes(RtpPacket packet) {
        int end = packet.offset() + packet.lengthBytes();
        return Arrays.copyOfRange(packet.array(), packet.offset(), end);
    }

    private static void number(PacketWriter writer, SplittableRandom random, long targetMask) {
        writer.seq = random.nextInt(0x1_0000);
        writer.ticks = random.nextLong(1L << 32);
        writer.isMarker = random.nextBoolean();
        writer.pictureId = random.nextInt(0x8000);
        writer.tl0PicIdx = random.nextInt(0x100);
        writer.targetMask = targetMask;
    }

    @Test
    void many_receivers_of_many_packets() {
        target(96, "1");
        target(96, "2");
        target(96, "10", KnownExtension.MID);
        target(96, "11", KnownExtension.MID);
        target(96, "2", KnownExtension.MID);
        target(98, "3", KnownExtension.MID);
        target(98, "4", KnownExtension.MID, KnownExtension.ABS_SEND_TIME);
        target(98, "5", KnownExtension.MID, KnownExtension.DEPENDENCY_DESCRIPTOR);
        target(98, "6", KnownExtension.DEPENDENCY_DESCRIPTOR, KnownExtension.VIDEO_ORIENTATION);
        target(98, "7", KnownExtension.VIDEO_ORIENTATION);
        for (int seed = 0; seed < SEEDS; seed++) {
            writeAll(new SplittableRandom(seed), seed);
        }
    }

    private void writeAll(SplittableRandom random, int seed) {
        var writer = new PacketWriter();
        var vp8 = new MediaPacket(0, VideoCodec.VP8, DEPENDENCY_ID);
        var av1 = new MediaPacket(1, VideoCodec.AV1, DEPENDENCY_ID);
        var sound = new MediaPacket(0, null, 0);
        var sources = List.of(vp8, av1, sound);
        int seq = 0;
        for (var source : sources) {
            source.wrap(next(source, seq++, random, true));
        }
        for (int step = 0; step < STEPS; step++) {
            var source = sources.get(random.nextInt(sources.size()));
            if (random.nextInt(5) == 0) {
                source.wrap(next(source, seq++, random, false));
            }
            boolean isMasked = source.hasDependencies() && random.nextInt(4) == 0;
            long mask = isMasked ? 1 : 0;
            var target = targets.get(random.nextInt(targets.size()));
            long numbers = random.nextLong();
            byte[] over = write(writer, source, target, numbers, mask);
            byte[] anew = write(new PacketWriter(), source, target, numbers, mask);
            assertThat(over).as("seed %d, step %d", seed, step).isEqualTo(anew);
            if (random.nextInt(10) == 0) {
                var again = writer.repeat(97, 1, 2);
                assertThat(again).isNotNull();
                assertThat(again.ssrc()).isEqualTo(2);
            }
        }
    }

    private static RtpPacket next(
            MediaPacket source, int seq, SplittableRandom random, boolean isFirst) {
        byte[] rest = new byte[1 + random.nextInt(900)];
        random.nextBytes(rest);
        byte[] payload = rest;
        if (source.codec() == VideoCodec.VP8) {
            byte[] head = Packets.vp8(true, isFirst, seq, 7, random.nextInt(3), false);
            payload = Arrays.copyOf(head, head.length + rest.length);
            System.arraycopy(rest, 0, payload, head.length, rest.length);
        } else if (source.codec() == VideoCodec.AV1) {
            rest[0] = 0x10; // one piece of a frame, not the first of a sequence
        }
        return packet(payload, Dependencies.of(seq, 0, isFirst), seq);
    }

    /// With a number of the transport, as it leaves.
    private static byte[] write(
            PacketWriter writer,
            MediaPacket source,
            PacketWriter.Target target,
            long seed,
            long targetMask) {
        var random = new SplittableRandom(seed);
        number(writer, random, targetMask);
        var written = writer.write(source, target);
        assertThat(written).isNotNull();
        written.extensions().set16(TRANSPORT_SEQ_ID, random.nextInt(0x1_0000));
        written.extensions().set24(7, random.nextInt(0x100_0000));
        return bytes(written);
    }

    @Test
    void after_a_packet_that_did_not_fit() {
        var target = target(96, "a mid as long as this", KnownExtension.MID);
        var other = target(96, "another mid, as long.", KnownExtension.MID);
        var source = new MediaPacket(0, null, 0);
        var writer = new PacketWriter();
        source.wrap(packet(new byte[100], new byte[3], 1));
        assertThat(writer.write(source, target)).isNotNull();
        int room = RtpPacket.MAX_PACKET_BYTES - 40;
        source.wrap(packet(new byte[room], new byte[3], 2));
        assertThat(writer.write(source, other)).isNull();
        assertThat(writer.write(source, target)).isNull();

        source.wrap(packet(new byte[] {1, 2, 3}, new byte[3], 3));

        assertThat(writer.write(source, other).payloadBytes()).isEqualTo(3);
    }
}
