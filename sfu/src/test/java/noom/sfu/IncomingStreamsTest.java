// SPDX-License-Identifier: Apache-2.0
package noom.sfu;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import noom.rtc.rtcp.Rtcp;
import noom.rtc.rtp.RtpPacket;
import noom.rtc.rtp.RtpWriter;
import org.junit.jupiter.api.Test;

class IncomingStreamsTest {
    private static final long FIREFOX_SSRC = 2_210_652_968L;
    private static final long FIREFOX_RTX_SSRC = 702_495_059L;

    private final Scene scene = new Scene();
    private int seq;

    private RtpPacket packet(int payloadType, long ssrc, String mid, String rid) {
        var writer = new RtpWriter().begin(payloadType, true, seq++, seq * 3_000L, ssrc);
        text(writer, 4, mid);
        text(writer, 10, rid);
        var payload = noom.sfu.forward.Packets.vp8(true, true, seq, seq, 0, false);
        writer.payload(payload, 0, payload.length);
        var out = new byte[RtpPacket.MAX_PACKET_BYTES];
        var packet = new RtpPacket();
        assertThat(packet.wrap(out, 0, writer.writeTo(out, 0))).isTrue();
        return packet;
    }

    private static void text(RtpWriter writer, int id, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        if (bytes.length > 0) {
            writer.extension(id, bytes, 0, bytes.length);
        }
    }

    private long bitrateBps(Producer producer) {
        long sum = 0;
        for (int i = 0; i < producer.encodingCount(); i++) {
            sum += producer.bitrateBps(i, scene.now);
        }
        return sum;
    }

    @Test
    void an_ssrc_that_was_announced_needs_no_names() {
        var producer = scene.produce("firefox-vp8-1enc-none");

        scene.receive(packet(120, FIREFOX_SSRC, "", ""));

        assertThat(bitrateBps(producer)).isPositive();
    }

    @Test
    void another_ssrc_needs_a_name() {
        var producer = scene.produce("firefox-vp8-1enc-none");

        scene.receive(packet(120, 99, "", ""));

        assertThat(bitrateBps(producer)).isZero();
    }

    @Test
    void a_rid_without_a_mid_is_enough_if_one_track_has_it() {
        var producer = scene.produce("chromium-vp8-3enc-L1T3");

        scene.receive(packet(96, 5, "", "r1"));
        scene.receive(packet(96, 6, "", "r9"));
        scene.receive(packet(96, 7, "9", "r1"));
        scene.receive(packet(98, 8, "1", "r1"));

        assertThat(producer.bitrateBps(1, scene.now)).isPositive();
        assertThat(producer.score(0)).isZero();
        assertThat(producer.score(1)).isEqualTo(10);
        assertThat(bitrateBps(producer)).isEqualTo(producer.bitrateBps(1, scene.now));
    }

    @Test
    void a_sender_may_take_another_ssrc_for_a_layer() {
        var producer = scene.produce("chromium-vp8-3enc-L1T3");
        scene.receive(packet(96, 5, "1", "r0"));
        long before = bitrateBps(producer);
        seq = 40_000;
        scene.receive(packet(96, 6, "1", "r0"));

        assertThat(producer.encoding(0).ssrc()).isEqualTo(6);
        assertThat(bitrateBps(producer)).isEqualTo(before);
    }

    @Test
    void no_more_than_so_many_ssrcs_are_known() {
        var producer = scene.produce("chromium-vp8-3enc-L1T3");
        for (int i = 0; i < SsrcTable.MAX_SSRCS; i++) {
            scene.receive(packet(96, 1_000L + i, "1", "r0"));
        }
        assertThat(producer.encoding(0).ssrc()).isEqualTo(1_000 + SsrcTable.MAX_SSRCS - 1);

        scene.receive(packet(96, 5_000, "1", "r0"));

        assertThat(producer.encoding(0).ssrc()).isEqualTo(1_000 + SsrcTable.MAX_SSRCS - 1);
    }

    @Test
    void the_table_finds_what_was_put_and_forgets_a_producer() {
        var table = new SsrcTable();
        var camera = scene.produce("chromium-vp8-3enc-L1T3");
        var sound = scene.produce("chromium-opus");
        for (int i = 0; i < SsrcTable.MAX_SSRCS; i++) {
            var producer = i % 2 == 0 ? camera : sound;
            assertThat(table.put(i * 0x0100_0001L, new SsrcTable.Stream(producer, 0, false)))
                    .isTrue();
        }
        assertThat(table.put(7, new SsrcTable.Stream(camera, 0, false))).isFalse();
        table.remove(camera);

        for (int i = 0; i < SsrcTable.MAX_SSRCS; i++) {
            assertThat(table.find(i * 0x0100_0001L) != null).isEqualTo(i % 2 == 1);
        }
        assertThat(table.put(7, new SsrcTable.Stream(sound, 0, false))).isTrue();
    }

    @Test
    void reports_of_unknown_streams_are_nothing() {
        scene.produce("firefox-vp8-1enc-none");

        scene.incoming.onRtcp(new Rtcp.SenderReport(1, 2, 3, 4, 5, java.util.List.of()), scene.now);
        scene.incoming.onRtcp(
                new Rtcp.SenderReport(FIREFOX_RTX_SSRC, 2, 3, 4, 5, java.util.List.of()),
                scene.now);

        assertThat(scene.toSender).isEmpty();
        assertThat(scene.incoming.nextDeadlineNanos()).isEqualTo(Long.MAX_VALUE);
    }
}
