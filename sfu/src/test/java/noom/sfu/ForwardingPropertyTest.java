// SPDX-License-Identifier: Apache-2.0
package noom.sfu;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import noom.rtc.codec.Vp8Descriptor;
import noom.rtc.rtp.Rollover;
import noom.rtc.rtp.RtpPacket;
import noom.testkit.Property;
import org.junit.jupiter.api.Test;

/// Three cameras, a network that loses and reorders, a receiver that changes its mind: whatever
/// happens, what goes out is one stream that a decoder can follow.
class ForwardingPropertyTest {
    /// A packet and when it arrives.
    private record Sent(int arrival, Camera camera, RtpPacket packet) {}

    private static List<Sent> film(Property.Case random, Camera[] cameras, boolean isLossy) {
        var sent = new ArrayList<Sent>();
        int pictures = 10 + random.length();
        for (int picture = 0; picture < pictures; picture++) {
            for (var camera : cameras) {
                boolean isKey = picture == 0 || random.between(0, 6) == 0;
                for (var packet : camera.picture(picture, isKey)) {
                    boolean isLost = isLossy && picture > 0 && random.between(0, 12) == 0;
                    int delay = isLossy ? random.between(0, 3) : 0;
                    if (!isLost) {
                        sent.add(new Sent(picture + delay, camera, packet));
                    }
                }
            }
        }
        // Stable, so that only delay changes the order.
        Collections.sort(sent, (a, b) -> Integer.compare(a.arrival, b.arrival));
        return sent;
    }

    private static Scene.Receiver run(Property.Case random, boolean isLossy) {
        var scene = new Scene();
        var cameras = new Camera[] {new Camera(0), new Camera(1), new Camera(2)};
        var receiver = scene.consume(scene.produce("chromium-vp8-3enc-L1T3"));
        receiver.consumer.resume(scene.now);
        int turn = -1;
        for (var one : film(random, cameras, isLossy)) {
            if (one.arrival != turn) {
                turn = one.arrival;
                scene.pass(30 + 10 * random.between(0, 30));
                if (random.between(0, 4) == 0) {
                    receiver.consumer.setPreferredLayers(
                            random.between(0, 3), random.between(0, 3), scene.now);
                }
                if (random.between(0, 25) == 0) {
                    receiver.consumer.pause();
                    receiver.consumer.resume(scene.now);
                }
            }
            scene.receive(one.packet);
            scene.incoming.onRtcp(one.camera.report(turn), scene.now);
        }
        return receiver;
    }

    /// By endless sequence number; each number at most once.
    private static Map<Long, RtpPacket> inOrder(List<RtpPacket> packets) {
        var rollover = Rollover.ofSeq();
        var inOrder = new TreeMap<Long, RtpPacket>();
        for (var packet : packets) {
            assertThat(inOrder.put(rollover.unwrap(packet.seq()), packet)).isNull();
        }
        return inOrder;
    }

    private static Vp8Descriptor descriptor(RtpPacket packet) {
        var descriptor = new Vp8Descriptor();
        assertThat(descriptor.wrap(packet.array(), packet.payloadOffset(), packet.payloadBytes()))
                .isTrue();
        return descriptor;
    }

    @Test
    void on_a_clean_line_numbers_have_no_hole_and_every_picture_is_whole() {
        Property.forAll(
                random -> {
                    var packets = run(random, false).packets;
                    var pictures = Rollover.ofBits(15);
                    long lastPicture = -1;
                    for (int i = 0; i < packets.size(); i++) {
                        var packet = packets.get(i);
                        var descriptor = descriptor(packet);
                        long picture = pictures.unwrap(descriptor.pictureId());
                        assertThat(descriptor.isFrameStart()).isEqualTo(i % 2 == 0);
                        assertThat(packet.isMarker()).isEqualTo(i % 2 == 1);
                        if (i > 0) {
                            assertThat(packet.seq())
                                    .isEqualTo((packets.get(i - 1).seq() + 1) & 0xFFFF);
                            assertThat(picture).isEqualTo(lastPicture + (i % 2 == 0 ? 1 : 0));
                        }
                        lastPicture = picture;
                    }
                    assertThat(packets).isNotEmpty();
                });
    }

    @Test
    void on_any_line_numbers_are_given_once_and_time_never_goes_back() {
        Property.forAll(
                random -> {
                    var packets = inOrder(run(random, true).packets);
                    var clock = Rollover.ofTimestamp();
                    var pictures = Rollover.ofBits(15);
                    Map<Long, Long> ticksOfPicture = new HashMap<>();
                    long lastTicks = Long.MIN_VALUE;
                    long lastPicture = Long.MIN_VALUE;
                    int lastTl0 = -1;
                    for (var packet : packets.values()) {
                        var descriptor = descriptor(packet);
                        long ticks = clock.unwrap(packet.timestampTicks());
                        long picture = pictures.unwrap(descriptor.pictureId());
                        assertThat(ticks).isGreaterThanOrEqualTo(lastTicks);
                        assertThat(picture).isGreaterThanOrEqualTo(lastPicture);
                        assertThat(ticksOfPicture.merge(picture, ticks, (a, _) -> a))
                                .isEqualTo(ticks);
                        int tl0 = descriptor.tl0PicIdx();
                        int step = lastTl0 == -1 ? 0 : (byte) (tl0 - lastTl0);
                        assertThat(step).isGreaterThanOrEqualTo(0);
                        lastTicks = ticks;
                        lastPicture = picture;
                        lastTl0 = tl0;
                    }
                });
    }

    @Test
    void a_receiver_sees_a_layer_it_did_not_want_only_until_the_next_key_frame() {
        Property.forAll(
                random -> {
                    var receiver = run(random, false);

                    var spatial =
                            receiver.layers.stream()
                                    .map(l -> l.substring(0, 1))
                                    .distinct()
                                    .toList();
                    assertThat(List.of("0", "1", "2", "-")).containsAll(spatial);
                    assertThat(receiver.layers).isNotEmpty();
                });
    }
}
