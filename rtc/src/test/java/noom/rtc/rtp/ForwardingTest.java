// SPDX-License-Identifier: Apache-2.0
package noom.rtc.rtp;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import noom.rtc.codec.Vp8Descriptor;
import noom.rtc.wire.Hex;
import noom.testkit.Property;
import org.junit.jupiter.api.Test;

/// The way of a packet from one browser to another, as a forwarder will go it.
class ForwardingTest {
    /// What Chromium 156 and Firefox 153 negotiated for video when they were asked.
    private static final ExtensionIds CHROMIUM =
            ExtensionIds.of(
                            Map.of(
                                    KnownExtension.MID, 4,
                                    KnownExtension.RID, 10,
                                    KnownExtension.ABS_SEND_TIME, 2,
                                    KnownExtension.TRANSPORT_CC, 3,
                                    KnownExtension.DEPENDENCY_DESCRIPTOR, 12,
                                    KnownExtension.VIDEO_ORIENTATION, 13))
                    .orElseThrow();

    private static final ExtensionIds FIREFOX =
            ExtensionIds.of(
                            Map.of(
                                    KnownExtension.MID, 3,
                                    KnownExtension.ABS_SEND_TIME, 4,
                                    KnownExtension.TRANSPORT_CC, 7,
                                    KnownExtension.DEPENDENCY_DESCRIPTOR, 8))
                    .orElseThrow();

    private static final byte[] FROM_CHROMIUM =
            Hex.bytes(
                    """
                    90 e0 0005 00000064 11111111
                    bede 0005
                    40 30  a1 7230  22 aabbcc  31 0102  c2 800007  d0 01  0000
                    90 e0 8123 56 40 00   # VP8: picture 0x123, TL0 0x56, layer 1, a key frame
                    0badcafe
                    """);

    private final RtpPacket packet = new RtpPacket();
    private final RtpWriter writer = new RtpWriter();
    private final Vp8Descriptor descriptor = new Vp8Descriptor();

    /// Header and descriptor are the receiver's own, the rest of the payload is shared.
    private int forward(byte[] out, int offset, int seq, int pictureId) {
        var payload = new byte[RtpPacket.MAX_PACKET_BYTES];
        descriptor.wrap(packet.array(), packet.payloadOffset(), packet.payloadBytes());
        int head = descriptor.writeTo(payload, 0, pictureId, 9);
        int rest = packet.payloadBytes() - descriptor.descriptorBytes();
        int restAt = packet.payloadOffset() + descriptor.descriptorBytes();
        System.arraycopy(packet.array(), restAt, payload, head, rest);
        int dependencies =
                packet.extensions().find(CHROMIUM.id(KnownExtension.DEPENDENCY_DESCRIPTOR));
        writer.begin(120, packet.isMarker(), seq, 5_000, 0x22222222L)
                .extension(FIREFOX.id(KnownExtension.MID), new byte[] {'7'}, 0, 1)
                .extension(FIREFOX.id(KnownExtension.TRANSPORT_CC), TransportSeq.VALUE_BYTES)
                .extension(FIREFOX.id(KnownExtension.ABS_SEND_TIME), AbsSendTime.VALUE_BYTES)
                .extension(
                        FIREFOX.id(KnownExtension.DEPENDENCY_DESCRIPTOR),
                        packet.array(),
                        dependencies,
                        packet.extensions().lengthAt(dependencies))
                .payload(payload, 0, head + rest);
        return writer.writeTo(out, offset);
    }

    @Test
    void a_packet_leaves_as_the_receiver_expects_it_and_the_source_stays() {
        var source = FROM_CHROMIUM.clone();
        var out = new byte[RtpPacket.MAX_PACKET_BYTES];
        assertThat(packet.wrap(source)).isTrue();
        assertThat(packet.extensions().text(CHROMIUM.id(KnownExtension.RID))).isEqualTo("r0");

        int length = forward(out, 0, 77, 0x7000);

        var sent = new RtpPacket();
        assertThat(sent.wrap(out, 0, length)).isTrue();
        assertThat(sent.payloadType()).isEqualTo(120);
        assertThat(sent.seq()).isEqualTo(77);
        assertThat(sent.timestampTicks()).isEqualTo(5_000);
        assertThat(sent.isMarker()).isTrue();
        assertThat(sent.extensions().text(3)).isEqualTo("7");
        assertThat(sent.extensions().find(13)).isEqualTo(HeaderExtensions.ABSENT);
        int dependencies = sent.extensions().find(8, 3);
        assertThat(Hex.text(out, dependencies, 3)).isEqualTo("800007");
        var shown = new Vp8Descriptor();
        assertThat(shown.wrap(out, sent.payloadOffset(), sent.payloadBytes())).isTrue();
        assertThat(shown.pictureId()).isEqualTo(0x7000);
        assertThat(shown.tl0PicIdx()).isEqualTo(9);
        assertThat(shown.temporalId()).isOne();
        assertThat(shown.isKeyFrameStart()).isTrue();
        assertThat(Hex.text(out, length - 4, 4)).isEqualTo("0badcafe");
        assertThat(source).isEqualTo(FROM_CHROMIUM);
    }

    @Test
    void what_is_known_only_when_it_leaves_is_written_then() {
        var out = new byte[RtpPacket.MAX_PACKET_BYTES];
        packet.wrap(FROM_CHROMIUM.clone());
        var sent = new RtpPacket();
        sent.wrap(out, 0, forward(out, 0, 1, 2));

        assertThat(sent.extensions().set16(7, 0xBEEF)).isTrue();
        assertThat(sent.extensions().set24(4, AbsSendTime.ofNanos(3_000_000_000L))).isTrue();

        assertThat(TransportSeq.read(sent.extensions(), 7)).isEqualTo(0xBEEF);
        assertThat(AbsSendTime.read(sent.extensions(), 4)).isEqualTo(3 << 18);
        assertThat(sent.extensions().text(3)).isEqualTo("7");
    }

    @Test
    void a_receiver_that_lost_it_gets_the_same_again() {
        Property.forAll(
                random -> {
                    var out = new byte[RtpPacket.MAX_PACKET_BYTES];
                    packet.wrap(FROM_CHROMIUM.clone());
                    int seq = random.between(0, 65_536);
                    int length = forward(out, 0, seq, random.between(0, 1 << 15));
                    var sent = new RtpPacket();
                    sent.wrap(out, 0, length);
                    var again = new byte[RtpPacket.MAX_PACKET_BYTES];

                    int rtxLength = Rtx.wrap(sent, 124, random.between(0, 65_536), 3, again, 0);
                    var received = new RtpPacket();
                    assertThat(received.wrap(again, 0, rtxLength)).isTrue();
                    assertThat(Rtx.unwrap(received, 120, 0x22222222L, received)).isTrue();

                    assertThat(Hex.text(again, received.offset(), received.lengthBytes()))
                            .isEqualTo(Hex.text(out, 0, length));
                });
    }
}
