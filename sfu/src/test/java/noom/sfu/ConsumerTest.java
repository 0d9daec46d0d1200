// SPDX-License-Identifier: Apache-2.0
package noom.sfu;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import noom.rtc.codec.Vp8Descriptor;
import noom.rtc.rtcp.Rtcp;
import noom.rtc.rtp.RtpPacket;
import noom.rtc.rtp.RtpWriter;
import noom.sfu.forward.Packets;
import noom.sfu.ortc.ConsumeBuilder;
import noom.sfu.ortc.OrtcRefusal;
import noom.sfu.ortc.Receivers;
import org.junit.jupiter.api.Test;

class ConsumerTest {
    private static final long OPUS_SSRC = 3_778_453_345L;
    private static final long FIREFOX_SSRC = 2_210_652_968L;

    private final Scene scene = new Scene();
    private int seq = 10;

    private static RtpPacket packet(RtpWriter writer) {
        var out = new byte[RtpPacket.MAX_PACKET_BYTES];
        var packet = new RtpPacket();
        assertThat(packet.wrap(out, 0, writer.writeTo(out, 0))).isTrue();
        return packet;
    }

    private void sound() {
        var writer = new RtpWriter().begin(111, false, seq, seq * 960L, OPUS_SSRC);
        seq++;
        scene.receive(packet(writer.payload(new byte[] {1, 2}, 0, 2)));
    }

    private void picture(byte... payload) {
        var writer = new RtpWriter().begin(120, true, seq, seq * 3_000L, FIREFOX_SSRC);
        seq++;
        scene.receive(packet(writer.payload(payload, 0, payload.length)));
    }

    private static Vp8Descriptor descriptor(RtpPacket packet) {
        var descriptor = new Vp8Descriptor();
        assertThat(descriptor.wrap(packet.array(), packet.payloadOffset(), packet.payloadBytes()))
                .isTrue();
        return descriptor;
    }

    @Test
    void who_cannot_show_it_is_refused() {
        var producer = scene.produce("chromium-h264-3enc-L1T3");
        var place = new ConsumeBuilder.Place("1", Set.of());

        var result =
                scene.router.consume(
                        "c", producer, Receivers.firefox(), place, new Scene.Receiver(), scene.now);

        assertThat(result)
                .isEqualTo(
                        new Router.ConsumeResult.Refused(OrtcRefusal.NOTHING_IN_COMMON, "codecs"));
    }

    @Test
    void its_first_number_is_below_half() {
        var producer = scene.produce("chromium-opus");
        for (int i = 0; i < 50; i++) {
            var receiver = scene.consume(producer);
            receiver.consumer.resume(scene.now);
            sound();
            assertThat(receiver.seqs().getFirst()).isLessThan(1 << 15);
        }
    }

    @Test
    void sound_that_was_lost_is_sent_again_in_its_place_without_rtx() {
        var receiver = scene.consume(scene.produce("chromium-opus"));
        receiver.consumer.resume(scene.now);
        sound();
        sound();
        var lost = receiver.packets.getFirst();

        receiver.consumer.onRtcp(
                new Rtcp.Nack(1, lost.ssrc(), List.of(new Rtcp.Nack.Item(lost.seq(), 0))),
                scene.now);

        assertThat(receiver.packets).hasSize(3);
        assertThat(receiver.packets.get(2).seq()).isEqualTo(lost.seq());
        assertThat(receiver.packets.get(2).ssrc()).isEqualTo(lost.ssrc());
        assertThat(receiver.packets.get(2).timestampTicks()).isEqualTo(lost.timestampTicks());
    }

    @Test
    void what_was_never_sent_or_is_too_old_is_not_sent_again() {
        var receiver = scene.consume(scene.produce("chromium-opus"));
        receiver.consumer.resume(scene.now);
        sound();
        int sent = receiver.seqs().getFirst();
        var never = new Rtcp.Nack(1, 2, List.of(new Rtcp.Nack.Item(sent + 5, 0)));
        var old = new Rtcp.Nack(1, 2, List.of(new Rtcp.Nack.Item(sent, 0)));

        receiver.consumer.onRtcp(never, scene.now);
        scene.pass(1_100);
        receiver.consumer.onRtcp(old, scene.now);
        receiver.consumer.pause();
        receiver.consumer.onRtcp(old, scene.now);

        assertThat(receiver.packets).hasSize(1);
    }

    @Test
    void a_pause_leaves_no_hole() {
        var receiver = scene.consume(scene.produce("chromium-opus"));
        receiver.consumer.resume(scene.now);
        sound();
        receiver.consumer.pause();
        sound();
        sound();
        receiver.consumer.resume(scene.now);
        sound();

        int first = receiver.seqs().getFirst();
        assertThat(receiver.seqs()).containsExactly(first, first + 1);
        long ticks = receiver.packets.get(1).timestampTicks();
        assertThat(ticks - receiver.packets.get(0).timestampTicks()).isEqualTo(3 * 960);
    }

    @Test
    void a_picture_that_was_cut_off_is_told_by_one_number_left_out() {
        var receiver = scene.consume(scene.produce("chromium-vp8-3enc-L1T3"));
        receiver.consumer.resume(scene.now);
        var camera = new Camera(0);
        scene.receive(camera.picture(1, true)[0]);
        receiver.consumer.pause();
        receiver.consumer.resume(scene.now);
        scene.receive(camera.picture(2, true)[0]);

        int first = receiver.seqs().getFirst();
        assertThat(receiver.seqs()).containsExactly(first, first + 2);
    }

    @Test
    void picture_numbers_of_seven_bits_go_out_with_fifteen() {
        var receiver = scene.consume(scene.produce("firefox-vp8-1enc-none"));
        receiver.consumer.resume(scene.now);

        picture((byte) 0x90, (byte) 0x80, (byte) 0x7F, (byte) 0, (byte) 42);
        picture((byte) 0x90, (byte) 0x80, (byte) 0x00, (byte) 1, (byte) 43);

        var first = descriptor(receiver.packets.get(0));
        var second = descriptor(receiver.packets.get(1));
        assertThat(first.isLongPictureId()).isTrue();
        assertThat(second.pictureId()).isEqualTo((first.pictureId() + 1) & 0x7FFF);
        var out = receiver.packets.get(1);
        assertThat(out.payloadBytes()).isEqualTo(6);
        assertThat(out.array()[out.payloadOffset() + 5]).isEqualTo((byte) 43);
        assertThat(first.isKeyFrameStart()).isTrue();
        assertThat(second.isKeyFrameStart()).isFalse();
    }

    @Test
    void a_packet_of_the_full_size_that_would_grow_is_left_to_be_lost() {
        var receiver = scene.consume(scene.produce("firefox-vp8-1enc-none"));
        receiver.consumer.resume(scene.now);
        picture(Packets.vp8(true, true, 1, 1, 0, false));
        var payload = new byte[RtpPacket.MAX_PACKET_BYTES - RtpPacket.FIXED_HEADER_BYTES];
        payload[0] = 0x10;

        picture(payload);
        picture(Packets.vp8(true, false, 2, 1, 0, false));

        int first = receiver.seqs().getFirst();
        assertThat(receiver.seqs()).containsExactly(first, first + 2);
    }

    @Test
    void nothing_is_asked_for_a_receiver_that_sees_nothing() {
        var receiver = scene.consume(scene.produce("firefox-vp8-1enc-none"));
        receiver.consumer.onRtcp(new Rtcp.Pli(1, 2), scene.now);
        receiver.consumer.onRtcp(new Rtcp.Bye(List.of(1L)), scene.now);
        scene.pass(100);

        assertThat(scene.requests()).isEmpty();
        assertThat(scene.layersWanted).containsExactly(-1);
        receiver.consumer.resume(scene.now);
        assertThat(scene.requests())
                .containsExactly(new Rtcp.Pli(scene.router.localSsrc(), FIREFOX_SSRC));
    }
}
