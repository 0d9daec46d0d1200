// SPDX-License-Identifier: Apache-2.0
package noom.sfu;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import noom.rtc.rtp.RtpPacket;
import noom.rtc.rtp.RtpWriter;
import noom.sfu.ortc.ConsumeBuilder;
import noom.sfu.ortc.Receivers;

/// A scene at home, and a router of another worker that mirrors its tracks; what goes between the
/// two waits for the test.
final class TwoRouters {
    static final String VP8 = "chromium-vp8-3enc-L1T3";
    static final String OPUS = "chromium-opus";

    final Scene home = new Scene();
    final List<String> speakersAway = new ArrayList<>();
    final Router away = new Router(new SplittableRandom(6), speakersAway::add);
    final Post toHome = new Post();
    final Post toAway = new Post();
    final Camera[] cameras = {new Camera(0), new Camera(1), new Camera(2)};
    private int picture;
    private int consumers;

    Producer mirror(Producer origin) {
        return away.mirror(origin.link(toHome), toAway);
    }

    /// Somebody at the other router gets a track of home, once all is delivered and it resumes.
    Scene.Receiver consumeAway(Producer origin) {
        var receiver = new Scene.Receiver();
        receiver.consumer = consumeAway(origin, receiver);
        return receiver;
    }

    Consumer consumeAway(Producer origin, Consumer.Sink receiver) {
        var place = new ConsumeBuilder.Place("7", Set.of());
        var result =
                away.consume(
                        "a" + consumers++,
                        mirror(origin),
                        Receivers.chromium(),
                        place,
                        receiver,
                        home.now);
        return ((Router.ConsumeResult.Created) result).consumer();
    }

    Scene.Receiver watchAway(Producer origin) {
        var receiver = consumeAway(origin);
        receiver.consumer.resume(home.now);
        deliver();
        return receiver;
    }

    void deliver() {
        for (int i = 0; i < 3; i++) { // a message may be answered, and that answered again
            toHome.deliver(home.now);
            toAway.deliver(home.now);
        }
    }

    void pass(long millis) {
        for (long i = 0; i < millis; i += 10) {
            home.pass(10);
            away.advance(home.now);
            deliver();
        }
    }

    /// All cameras send a picture each 30 ms, and a sender report.
    void film(int pictures, boolean isKey) {
        for (int i = 0; i < pictures; i++) {
            film(isKey && i == 0);
            pass(30);
        }
    }

    /// One picture, and nothing is delivered yet.
    void film(boolean isKey) {
        picture++;
        for (var camera : cameras) {
            for (var packet : camera.picture(picture, isKey)) {
                home.receive(packet);
            }
            home.incoming.onRtcp(camera.report(picture), home.now);
        }
    }

    void speak(int seq, int attenuationDb) {
        var writer = new RtpWriter().begin(111, false, seq, seq * 960L, 3_778_453_345L);
        writer.extension(1, new byte[] {(byte) attenuationDb}, 0, 1);
        writer.payload(new byte[] {1, 2, 3, (byte) seq}, 0, 4);
        var out = new byte[RtpPacket.MAX_PACKET_BYTES];
        var packet = new RtpPacket();
        packet.wrap(out, 0, writer.writeTo(out, 0));
        home.receive(packet);
    }

    /// One number after the other, whatever became of the source.
    static void checkNoHoles(Scene.Receiver receiver) {
        var seqs = receiver.seqs();
        for (int i = 1; i < seqs.size(); i++) {
            assertThat(seqs.get(i)).isEqualTo((seqs.get(i - 1) + 1) & 0xFFFF);
        }
    }

    static List<String> payloads(Scene.Receiver receiver) {
        return receiver.packets.stream()
                .map(
                        packet ->
                                new String(
                                        packet.array(),
                                        packet.payloadOffset(),
                                        packet.payloadBytes(),
                                        java.nio.charset.StandardCharsets.ISO_8859_1))
                .toList();
    }
}
