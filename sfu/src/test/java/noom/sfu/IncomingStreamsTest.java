// SPDX-License-Identifier: Apache-2.0
package noom.sfu;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import noom.rtc.rtcp.NtpTime;
import noom.rtc.rtcp.Rtcp;
import noom.rtc.rtcp.Rtcp.ExtendedReport.Answer;
import noom.rtc.rtcp.Rtcp.ExtendedReport.DelaySinceLast;
import noom.rtc.rtcp.Rtcp.ExtendedReport.ReceiverReferenceTime;
import noom.rtc.rtp.RtpPacket;
import noom.rtc.rtp.RtpWriter;
import org.junit.jupiter.api.Test;

class IncomingStreamsTest {
    private static final long FIREFOX_SSRC = 2_210_652_968L;
    private static final long FIREFOX_RTX_SSRC = 702_495_059L;

    private final Scene scene = new Scene();
    private int seq;
    private boolean isKey = true;

    private RtpPacket packet(int payloadType, long ssrc, String mid, String rid) {
        var writer = new RtpWriter().begin(payloadType, true, seq++, seq * 3_000L, ssrc);
        text(writer, 4, mid);
        text(writer, 10, rid);
        var payload = noom.sfu.forward.Packets.vp8(true, isKey, seq, seq, 0, false);
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

    private List<Long> asked() {
        return scene.toSender.stream()
                .filter(Rtcp.ExtendedReport.class::isInstance)
                .map(report -> ((Rtcp.ExtendedReport) report).blocks().getFirst())
                .map(block -> NtpTime.middle(((ReceiverReferenceTime) block).ntpTime()))
                .toList();
    }

    /// The peer answers the last asking, so long after it was sent.
    private void answer(long roundTripMillis, long delay) {
        var answer = new Answer(scene.router.localSsrc(), asked().getLast(), delay);
        scene.pass(roundTripMillis);
        var block = new DelaySinceLast(List.of(answer));
        scene.incoming.onRtcp(new Rtcp.ExtendedReport(4, List.of(block)), scene.now);
    }

    /// One packet comes, and the peer's time is asked for.
    private void measure(long roundTripMillis) {
        scene.receive(packet(120, FIREFOX_SSRC, "", ""));
        scene.incoming.advance(scene.now);
        answer(roundTripMillis, 0);
    }

    /// How far apart the first two askings are for one packet lost between two of these.
    private long nackSpacingMillis(int payloadType, long ssrc, String mid, String rid) {
        scene.receive(packet(payloadType, ssrc, mid, rid));
        seq++;
        isKey = false;
        scene.receive(packet(payloadType, ssrc, mid, rid));
        isKey = true;
        var millis = new ArrayList<Long>();
        for (int i = 0; i < 200; i++) {
            long before = nacks(ssrc);
            scene.pass(10);
            if (nacks(ssrc) > before) {
                millis.add(10L * i);
            }
        }
        return millis.get(1) - millis.get(0);
    }

    private long nackSpacingMillis() {
        return nackSpacingMillis(120, FIREFOX_SSRC, "", "");
    }

    private long nacks(long ssrc) {
        return scene.toSender.stream()
                .filter(packet -> packet instanceof Rtcp.Nack nack && nack.mediaSsrc() == ssrc)
                .count();
    }

    @Test
    void the_round_trip_is_measured_once_a_second_while_packets_come_and_then_no_more() {
        scene.produce("firefox-vp8-1enc-none");
        for (int i = 0; i < 100; i++) {
            scene.receive(packet(120, FIREFOX_SSRC, "", ""));
            scene.pass(30);
        }
        assertThat(asked()).hasSize(3).doesNotHaveDuplicates();
        scene.pass(5_000);

        assertThat(asked()).hasSizeLessThanOrEqualTo(4);
        assertThat(scene.incoming.nextDeadlineNanos()).isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void packets_that_are_nobodys_are_not_asked_about() {
        scene.produce("firefox-vp8-1enc-none");
        scene.receive(packet(120, 99, "", ""));

        assertThat(scene.incoming.nextDeadlineNanos()).isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void a_lost_packet_is_asked_for_again_after_the_round_trip_as_measured() {
        var producer = scene.produce("firefox-vp8-1enc-none");
        assertThat(nackSpacingMillis()).as("assumed").isEqualTo(120);
        assertThat(producer.roundTripNanos()).isEqualTo(-1);

        measure(270);
        assertThat(producer.roundTripNanos()).isEqualTo(270 * Scene.MILLI);
        assertThat(nackSpacingMillis()).isBetween(270L, 320L);
        measure(20);
        measure(20);
        assertThat(nackSpacingMillis()).isEqualTo(40);
    }

    @Test
    void a_stream_that_begins_anew_is_as_far_away_as_before() {
        scene.produce("firefox-vp8-1enc-none");
        measure(270);
        seq += 30_000;
        for (int i = 0; i < 10; i++) {
            scene.receive(packet(120, FIREFOX_SSRC, "", ""));
        }

        assertThat(nackSpacingMillis()).isBetween(270L, 320L);
    }

    @Test
    void a_track_that_is_added_later_is_as_far_away_as_the_first() {
        var sound = scene.produce("chromium-opus");
        scene.receive(packet(111, 7, "0", ""));
        scene.incoming.advance(scene.now);
        answer(270, 0);
        assertThat(sound.roundTripNanos()).isEqualTo(270 * Scene.MILLI);

        var camera = scene.produce("chromium-vp8-3enc-L1T3");

        assertThat(camera.roundTripNanos()).isEqualTo(270 * Scene.MILLI);
        assertThat(nackSpacingMillis(96, 5, "1", "r0")).isBetween(270L, 320L);
        assertThat(nackSpacingMillis(96, 6, "1", "r1")).isBetween(270L, 320L);
    }

    @Test
    void a_lying_answer_changes_nothing() {
        var producer = scene.produce("firefox-vp8-1enc-none");
        scene.receive(packet(120, FIREFOX_SSRC, "", ""));
        scene.incoming.advance(scene.now);
        answer(50, 0xFFFF_FFFFL);

        assertThat(producer.roundTripNanos()).isEqualTo(-1);
        assertThat(nackSpacingMillis()).isEqualTo(120);
    }

    @Test
    void who_tells_its_time_is_answered_though_it_sends_nothing() {
        var time = new ReceiverReferenceTime(0x1234_5678_9ABC_DEF0L);
        for (int i = 0; i < 300; i++) {
            scene.incoming.onRtcp(new Rtcp.ExtendedReport(9, List.of(time, time)), scene.now);
        }
        scene.pass(500);

        var answer = new Answer(9, 0x5678_9ABCL, NtpTime.delay(10 * Scene.MILLI));
        assertThat(scene.toSender)
                .containsExactly(
                        new Rtcp.ExtendedReport(
                                scene.router.localSsrc(),
                                List.of(new DelaySinceLast(List.of(answer)))));
        assertThat(scene.incoming.nextDeadlineNanos()).isEqualTo(Long.MAX_VALUE);
    }
}
