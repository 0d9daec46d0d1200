// SPDX-License-Identifier: Apache-2.0
package noom.bench.meeting;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import noom.rtc.codec.Vp8Descriptor;
import noom.rtc.rtp.RtpPacket;
import org.junit.jupiter.api.Test;

class MediaSourceTest {
    private static final long SSRC = 77;
    private final List<byte[]> packets = new ArrayList<>();
    private long clock = 1_000;

    private final MediaSource.Sink sink =
            new MediaSource.Sink() {
                private int transportSeq = 0xABCD;

                @Override
                public int nextTransportSeq() {
                    return transportSeq++ & 0xFFFF;
                }

                @Override
                public void send(byte[] packet, int lengthBytes, long sentNanos) {
                    packets.add(Arrays.copyOf(packet, lengthBytes));
                }
            };

    private static RtpPacket view(byte[] bytes) {
        var view = new RtpPacket();
        assertThat(view.wrap(bytes)).isTrue();
        return view;
    }

    private static Vp8Descriptor picture(byte[] bytes) {
        var view = view(bytes);
        var picture = new Vp8Descriptor();
        assertThat(picture.wrap(bytes, view.payloadOffset(), view.payloadBytes())).isTrue();
        return picture;
    }

    private void emit(MediaSource source, int times) {
        for (int i = 0; i < times; i++) {
            source.emit(() -> clock++, sink);
        }
    }

    @Test
    void a_camera_makes_as_many_bits_as_it_is_told() {
        var shape = TrackShape.camera(1_500_000);

        assertThat(shape.packets()).isEqualTo(6);
        assertThat(shape.payloadBytes()).isLessThanOrEqualTo(TrackShape.MAX_PAYLOAD_BYTES);
        long picturesPerSecond = 1_000_000_000 / shape.periodNanos();
        assertThat(picturesPerSecond * shape.packets() * shape.payloadBytes() * 8)
                .isBetween(1_490_000L, 1_500_000L);
    }

    @Test
    void packets_of_a_picture_share_its_time_and_the_last_has_the_marker() {
        emit(new MediaSource(TrackShape.camera(600_000), SSRC), 2);

        assertThat(packets).hasSize(6);
        for (int i = 0; i < 6; i++) {
            var packet = view(packets.get(i));
            assertThat(packet.ssrc()).isEqualTo(SSRC);
            assertThat(packet.payloadType()).isEqualTo(96);
            assertThat(packet.seq()).isEqualTo(i);
            assertThat(packet.timestampTicks()).isEqualTo(i / 3 * 3_000L);
            assertThat(packet.isMarker()).isEqualTo(i % 3 == 2);
            assertThat(picture(packets.get(i)).isFrameStart()).isEqualTo(i % 3 == 0);
            assertThat(picture(packets.get(i)).pictureId()).isEqualTo(i / 3);
        }
    }

    @Test
    void the_first_picture_is_a_key_frame_and_so_is_one_after_each_wish() {
        var source = new MediaSource(TrackShape.camera(200_000), SSRC);

        emit(source, 2);
        source.wantKeyFrame();
        emit(source, 2);

        assertThat(packets.stream().map(packet -> picture(packet).isKeyFrameStart()))
                .containsExactly(true, false, true, false);
    }

    @Test
    void each_packet_has_its_number_and_when_it_left() {
        var source = new MediaSource(TrackShape.voice(), SSRC);
        emit(source, 3);

        var mark = new Mark();
        for (int i = 0; i < 3; i++) {
            var packet = view(packets.get(i));
            assertThat(packet.payloadBytes()).isEqualTo(80);
            assertThat(packet.timestampTicks()).isEqualTo(i * 960L);
            assertThat(mark.read(packets.get(i), packet.payloadOffset(), 80)).isTrue();
            assertThat(mark.number()).isEqualTo(i);
            assertThat(mark.sentNanos()).isEqualTo(1_000 + i);
        }
    }

    @Test
    void the_number_of_the_transport_is_an_extension() {
        emit(new MediaSource(TrackShape.voice(), SSRC), 1);

        var extensions = view(packets.getFirst()).extensions();
        int at = extensions.first();

        assertThat(extensions.idAt(at)).isEqualTo(TrackShape.TRANSPORT_CC_ID);
        assertThat(Arrays.copyOfRange(packets.getFirst(), at, at + 2)).containsExactly(0xAB, 0xCD);
    }
}
