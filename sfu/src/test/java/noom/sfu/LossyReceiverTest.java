// SPDX-License-Identifier: Apache-2.0
package noom.sfu;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import noom.rtc.rtcp.Rtcp;
import noom.rtc.rtp.RtpPacket;
import noom.rtc.rtp.Rtx;
import noom.rtc.rtp.SeqNo;
import noom.sfu.repair.NackGenerator;
import noom.testkit.Property;
import org.junit.jupiter.api.Test;

/// A receiver that loses packets and asks for them, as a browser does: in the end it has every
/// packet, each with the bytes that were sent at first.
class LossyReceiverTest {
    private final Map<Integer, byte[]> sent = new HashMap<>();
    private final Set<Integer> received = new HashSet<>();
    private final List<Integer> rtxSeqs = new ArrayList<>();
    private Scene scene;
    private Scene.Receiver receiver;
    private NackGenerator asks;
    private int taken;

    private void begin() {
        scene = new Scene();
        receiver = scene.consume(scene.produce("chromium-vp8-3enc-L1T3"));
        receiver.consumer.resume(scene.now);
        sent.clear();
        received.clear();
        rtxSeqs.clear();
        taken = 0;
        long ssrc = receiver.consumer.parameters().encodings().getFirst().ssrc();
        asks =
                new NackGenerator(
                        new NackGenerator.Sink() {
                            @Override
                            public void onMissing(List<Rtcp.Nack.Item> items) {
                                receiver.consumer.onRtcp(new Rtcp.Nack(1, ssrc, items), scene.now);
                            }

                            @Override
                            public void onTooMuchMissing() {
                                throw new AssertionError("too much");
                            }
                        });
    }

    private static byte[] bytes(RtpPacket packet) {
        int from = packet.offset();
        return Arrays.copyOfRange(packet.array(), from, from + packet.lengthBytes());
    }

    /// What came since the last time, but for what the network loses.
    private void take(Property.Case random, int lossPercent) {
        long ssrc = receiver.consumer.parameters().encodings().getFirst().ssrc();
        // Asking may make more come.
        while (taken < receiver.packets.size()) {
            var packet = receiver.packets.get(taken++);
            boolean isRtx = packet.payloadType() == 97;
            if (isRtx) {
                rtxSeqs.add(packet.seq());
            } else {
                assertThat(sent.put(packet.seq(), bytes(packet))).isNull();
            }
            // The first packet is where the receiver begins to count.
            if (!received.isEmpty() && random.between(0, 100) < lossPercent) {
                continue;
            }
            if (isRtx) {
                assertThat(Rtx.unwrap(packet, 96, ssrc, packet)).isTrue();
                assertThat(bytes(packet)).isEqualTo(sent.get(packet.seq()));
            }
            received.add(packet.seq());
            asks.onPacket(packet.seq(), false, scene.now);
        }
        asks.advance(scene.now);
    }

    @Test
    void everything_arrives_in_the_end_and_as_it_was() {
        Property.forAll(
                random -> {
                    begin();
                    var cameras = new Camera[] {new Camera(0), new Camera(1), new Camera(2)};
                    int pictures = 5 + random.length() / 2;
                    for (int picture = 0; picture < pictures; picture++) {
                        boolean isKey = picture % 20 == 0;
                        for (var camera : cameras) {
                            for (var packet : camera.picture(picture, isKey)) {
                                scene.receive(packet);
                            }
                            scene.incoming.onRtcp(camera.report(picture), scene.now);
                        }
                        if (random.between(0, 8) == 0) {
                            receiver.consumer.setPreferredLayers(
                                    random.between(0, 3), random.between(0, 3), scene.now);
                        }
                        scene.pass(30);
                        take(random, 20);
                    }
                    // The end of the stream is not noticed as missing: only what lies before it.
                    for (int i = 0; i < 20; i++) {
                        scene.pass(40);
                        take(random, 0);
                    }
                    assertThat(asks.missingCount()).isZero();
                    var lost = new HashSet<>(sent.keySet());
                    lost.removeAll(received);
                    assertThat(lost.size()).isLessThanOrEqualTo(trailing(lost));
                    assertThat(rtxSeqs).doesNotHaveDuplicates();
                });
    }

    /// How many of the last packets are lost in a row.
    private int trailing(Set<Integer> lost) {
        int count = 0;
        while (lost.contains((highest() - count) & 0xFFFF)) {
            count++;
        }
        return count;
    }

    private int highest() {
        int highest = sent.keySet().iterator().next();
        for (int seq : sent.keySet()) {
            highest = SeqNo.distance(highest, seq) > 0 ? seq : highest;
        }
        return highest;
    }
}
