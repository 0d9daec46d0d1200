// SPDX-License-Identifier: Apache-2.0
package noom.sfu;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import java.util.List;
import noom.rtc.rtcp.Rtcp;
import noom.rtc.rtp.RtpPacket;
import noom.rtc.rtp.RtpWriter;
import noom.sfu.forward.Dependencies;

/// Hostile payloads, extensions, numbers and wishes through the whole router: no exception, and
/// what goes out is well formed (the receiver's own view says so) and in its own numbers.
class ForwardingFuzzTest {
    private static final List<String> TRACKS =
            List.of(
                    "chromium-vp8-3enc-L1T3",
                    "chromium-vp9-1enc-L3T3_KEY",
                    "chromium-av1-1enc-L3T3",
                    "chromium-h264-3enc-L1T3");
    private static final List<Integer> PAYLOAD_TYPES = List.of(96, 98, 45, 108, 97, 99, 46, 109);

    @FuzzTest(maxDuration = "")
    void whatever_comes_what_goes_out_is_well_formed(FuzzedDataProvider data) {
        var scene = new Scene();
        var producer = scene.produce(data.pickValue(TRACKS));
        var receiver = scene.consume(producer);
        receiver.consumer.resume(scene.now);
        for (int i = 0; i < 40 && data.remainingBytes() > 0; i++) {
            step(scene, receiver, data);
        }
        long ssrc = receiver.consumer.parameters().encodings().getFirst().ssrc();
        for (var packet : receiver.packets) {
            assertThat(packet.ssrc()).isIn(ssrc, ssrc + 1);
            assertThat(packet.extensions().text(1)).isEqualTo("7");
        }
    }

    private static void step(Scene scene, Scene.Receiver receiver, FuzzedDataProvider data) {
        int seq = data.consumeInt(0, 0xFFFF);
        switch (data.consumeInt(0, 6)) {
            case 0 -> scene.pass(data.consumeInt(0, 300));
            case 1 ->
                    receiver.consumer.setPreferredLayers(
                            data.consumeInt(), data.consumeInt(), scene.now);
            case 2 ->
                    receiver.consumer.onRtcp(
                            new Rtcp.Nack(1, 2, List.of(new Rtcp.Nack.Item(seq, 0xFFFF))),
                            scene.now);
            case 3 ->
                    scene.incoming.onRtcp(
                            new Rtcp.SenderReport(
                                    data.consumeInt(0, 9),
                                    data.consumeLong(),
                                    seq,
                                    0,
                                    0,
                                    List.of()),
                            scene.now);
            default -> scene.receive(packet(seq, data));
        }
    }

    private static RtpPacket packet(int seq, FuzzedDataProvider data) {
        var writer =
                new RtpWriter()
                        .begin(
                                data.pickValue(PAYLOAD_TYPES),
                                data.consumeBoolean(),
                                seq,
                                data.consumeLong(0, 0xFFFF_FFFFL),
                                data.consumeInt(0, 9));
        writer.extension(4, new byte[] {'1'}, 0, 1);
        writer.extension(10, new byte[] {'r', (byte) data.consumeInt('0', '3')}, 0, 2);
        byte[] dependencies =
                data.consumeBoolean()
                        ? Dependencies.of(data.consumeInt(0, 0xFFFF), 0, data.consumeBoolean())
                        : data.consumeBytes(20);
        writer.extension(12, dependencies, 0, dependencies.length);
        byte[] payload = data.consumeBytes(30);
        writer.payload(payload, 0, payload.length);
        var out = new byte[RtpPacket.MAX_PACKET_BYTES];
        var packet = new RtpPacket();
        assertThat(packet.wrap(out, 0, writer.writeTo(out, 0))).isTrue();
        return packet;
    }
}
