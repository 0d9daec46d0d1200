// SPDX-License-Identifier: Apache-2.0
package noom.rtc.rtp;

import static org.assertj.core.api.Assertions.assertThat;

import noom.rtc.wire.Hex;
import noom.testkit.Property;
import org.junit.jupiter.api.Test;

class ExtensionValuesTest {
    private static final int ID = 5;
    private static final int OTHER_ID = 6;

    /// A packet with one extension.
    private static HeaderExtensions with(String value) {
        var bytes = Hex.bytes(value);
        var out = new byte[RtpPacket.MAX_PACKET_BYTES];
        int length =
                new RtpWriter()
                        .begin(96, false, 1, 2, 3)
                        .extension(ID, bytes, 0, bytes.length)
                        .writeTo(out, 0);
        var packet = new RtpPacket();
        assertThat(packet.wrap(out, 0, length)).isTrue();
        return packet.extensions();
    }

    @Test
    void audio_level_is_a_flag_and_a_level() {
        // RFC 6464 §3
        assertThat(AudioLevel.read(with("00"), ID)).isEqualTo(new AudioLevel(false, 0));
        assertThat(AudioLevel.read(with("7f"), ID)).isEqualTo(new AudioLevel(false, 127));
        assertThat(AudioLevel.read(with("80"), ID)).isEqualTo(new AudioLevel(true, 0));
        assertThat(AudioLevel.read(with("ff"), ID)).isEqualTo(new AudioLevel(true, 127));
        assertThat(AudioLevel.read(with("9e00"), ID)).isEqualTo(new AudioLevel(true, 30));
        assertThat(AudioLevel.read(with(""), ID)).isNull();
        assertThat(AudioLevel.read(with("00"), OTHER_ID)).isNull();
    }

    @Test
    void video_orientation_has_camera_flip_and_quarter_turns() {
        // 3GPP TS 26.114 §7.4.5: 0 0 0 0 C F R1 R0
        assertThat(VideoOrientation.read(with("00"), ID))
                .isEqualTo(new VideoOrientation(false, false, 0));
        assertThat(VideoOrientation.read(with("01"), ID))
                .isEqualTo(new VideoOrientation(false, false, 90));
        assertThat(VideoOrientation.read(with("06"), ID))
                .isEqualTo(new VideoOrientation(false, true, 180));
        assertThat(VideoOrientation.read(with("0b"), ID))
                .isEqualTo(new VideoOrientation(true, false, 270));
        assertThat(VideoOrientation.read(with("f0"), ID))
                .isEqualTo(new VideoOrientation(false, false, 0));
        assertThat(VideoOrientation.read(with("0000"), ID)).isNull();
        assertThat(VideoOrientation.read(with("00"), OTHER_ID)).isNull();
    }

    @Test
    void playout_delay_has_two_numbers_of_12_bits() {
        assertThat(PlayoutDelay.read(with("000000"), ID)).isEqualTo(new PlayoutDelay(0, 0));
        assertThat(PlayoutDelay.read(with("00a0c8"), ID)).isEqualTo(new PlayoutDelay(100, 2_000));
        assertThat(PlayoutDelay.read(with("ffffff"), ID))
                .isEqualTo(new PlayoutDelay(40_950, 40_950));
        assertThat(PlayoutDelay.read(with("002001"), ID)).isNull();
        assertThat(PlayoutDelay.read(with("0000"), ID)).isNull();
        assertThat(PlayoutDelay.read(with("000000"), OTHER_ID)).isNull();
    }

    @Test
    void capture_time_comes_with_or_without_the_clocks_offset() {
        assertThat(AbsCaptureTime.read(with("e1234567 80000000"), ID))
                .isEqualTo(new AbsCaptureTime(0xE1234567_80000000L, 0, false));
        assertThat(AbsCaptureTime.read(with("0000000100000000 ffffffffffffffff"), ID))
                .isEqualTo(new AbsCaptureTime(1L << 32, -1, true));
        assertThat(AbsCaptureTime.read(with("00000001000000"), ID)).isNull();
        assertThat(AbsCaptureTime.read(with("000000010000000000"), ID)).isNull();
        assertThat(AbsCaptureTime.read(with("0000000100000000"), OTHER_ID)).isNull();
    }

    @Test
    void transport_seq_is_read_in_both_versions() {
        assertThat(TransportSeq.read(with("fffe"), ID)).isEqualTo(65_534);
        assertThat(TransportSeq.read(with("0001 8005"), ID)).isEqualTo(1);
        assertThat(TransportSeq.read(with("01"), ID)).isEqualTo(TransportSeq.ABSENT);
        assertThat(TransportSeq.read(with("0001"), OTHER_ID)).isEqualTo(TransportSeq.ABSENT);
    }

    @Test
    void abs_send_time_is_seconds_in_6_18_fixed_point() {
        assertThat(AbsSendTime.ofNanos(0)).isZero();
        assertThat(AbsSendTime.ofNanos(1_000_000_000L)).isEqualTo(1 << 18);
        assertThat(AbsSendTime.ofNanos(500_000_000L)).isEqualTo(1 << 17);
        assertThat(AbsSendTime.ofNanos(63_999_999_999L)).isEqualTo(0xFFFFFF);
        assertThat(AbsSendTime.ofNanos(64_000_000_000L)).isZero();
        assertThat(AbsSendTime.ofNanos(-1)).isEqualTo(0xFFFFFF);
        assertThat(AbsSendTime.toNanos(1 << 18)).isEqualTo(1_000_000_000L);
        assertThat(AbsSendTime.read(with("040000"), ID)).isEqualTo(1 << 18);
        assertThat(AbsSendTime.read(with("0400"), ID)).isEqualTo(AbsSendTime.ABSENT);
        assertThat(AbsSendTime.read(with("040000"), OTHER_ID)).isEqualTo(AbsSendTime.ABSENT);
    }

    @Test
    void abs_send_time_loses_less_than_one_unit() {
        Property.forAll(
                random -> {
                    long nanos = random.random().nextLong();

                    int value = AbsSendTime.ofNanos(nanos);
                    long inWrap = Math.floorMod(nanos, 64_000_000_000L);

                    assertThat(value).isBetween(0, 0xFFFFFF);
                    assertThat(inWrap - AbsSendTime.toNanos(value)).isBetween(0L, 3_816L);
                });
    }

    @Test
    void a_placeholder_is_filled_when_the_packet_leaves() {
        var extensions = with("000000");

        assertThat(extensions.set24(ID, AbsSendTime.ofNanos(2_000_000_000L))).isTrue();

        assertThat(AbsSendTime.read(extensions, ID)).isEqualTo(2 << 18);
    }
}
