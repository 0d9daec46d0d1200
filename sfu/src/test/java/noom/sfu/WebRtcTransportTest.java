// SPDX-License-Identifier: Apache-2.0
package noom.sfu;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.random.RandomGenerator;
import noom.rtc.IntakeLimit;
import noom.rtc.TransportEvent;
import noom.rtc.TransportState;
import noom.rtc.dtls.Fingerprint;
import noom.rtc.ice.IceCredentials;
import noom.sfu.WebRtcTransport.ProduceResult;
import noom.sfu.ortc.MediaKind;
import noom.sfu.ortc.OrtcJson;
import noom.sfu.ortc.OrtcRefusal;
import noom.sfu.ortc.Receivers;
import org.junit.jupiter.api.Test;

/// What a transport knows of its tracks, without a connection.
class WebRtcTransportTest implements WebRtcTransport.Sink, WebRtcTransport.ConsumerEvents {
    private static final Fingerprint FINGERPRINT =
            Fingerprint.of(Fingerprint.Algorithm.SHA_256, new byte[] {1});

    private final Router router = new Router(new Twice(), _ -> {});
    private final WebRtcTransport sender = transport(1);
    private final WebRtcTransport receiver = transport(2);
    private final List<Integer> wanted = new ArrayList<>();
    private int controlWaiting;
    private int ended;
    private int tracks;
    private long rolls;

    /// Gives every number twice in a row.
    private final class Twice implements RandomGenerator {
        @Override
        public long nextLong() {
            return 1_000 + rolls++ / 2 * 2;
        }

        @Override
        public long nextLong(long origin, long bound) {
            return nextLong();
        }
    }

    private WebRtcTransport transport(int seed) {
        return new WebRtcTransport(
                router,
                IceCredentials.random(new Random(seed)),
                (_, _) -> {
                    throw new AssertionError("nobody connects here");
                },
                IntakeLimit.STANDARD,
                this);
    }

    private ProduceResult tryToProduce(String captured) {
        var kind = captured.endsWith("opus") ? MediaKind.AUDIO : MediaKind.VIDEO;
        var parameters = OrtcJson.captured(captured);
        return sender.produce("p" + ++tracks, kind, parameters, "ada", wanted::add);
    }

    private Producer produce(String captured) {
        return ((ProduceResult.Created) tryToProduce(captured)).producer();
    }

    private Consumer consume(Producer producer) {
        var result = receiver.consume("c" + ++tracks, producer, Receivers.chromium(), this, 0);
        return ((Router.ConsumeResult.Created) result).consumer();
    }

    @Test
    void tracks_of_one_receiver_have_names_and_numbers_of_their_own() {
        var producer = produce("chromium-vp8-3enc-L1T3");
        var mids = new HashSet<String>();
        var ssrcs = new HashSet<Long>();

        for (int i = 0; i < 50; i++) {
            var parameters = consume(producer).parameters();
            mids.add(parameters.mid());
            ssrcs.add(parameters.encodings().getFirst().ssrc());
            ssrcs.add(parameters.encodings().getFirst().rtxSsrc());
        }

        assertThat(mids).hasSize(50);
        assertThat(ssrcs).hasSize(100);
    }

    @Test
    void a_number_is_free_again_when_its_track_was_closed_and_not_before() {
        var producer = produce("chromium-vp8-3enc-L1T3");
        rolls = 0;
        var first = consume(producer);
        long ssrc = first.parameters().encodings().getFirst().ssrc();

        rolls = 0;
        assertThat(consume(producer).parameters().encodings().getFirst().ssrc())
                .isNotIn(ssrc, ssrc + 1);
        receiver.close(first);
        rolls = 0;
        assertThat(consume(producer).parameters().encodings().getFirst().ssrc()).isEqualTo(ssrc);
    }

    @Test
    void a_name_is_not_used_again_after_its_track_was_closed() {
        var producer = produce("chromium-opus");
        var first = consume(producer);
        receiver.close(first);

        assertThat(consume(producer).parameters().mid()).isNotEqualTo(first.parameters().mid());
    }

    @Test
    void pictures_are_sent_again_in_a_stream_of_their_own_and_sound_is_not() {
        assertThat(consume(produce("chromium-vp8-3enc-L1T3")).parameters().codecs()).hasSize(2);
        assertThat(consume(produce("chromium-opus")).parameters().codecs()).hasSize(1);
    }

    @Test
    void a_number_that_is_taken_is_refused_until_its_track_is_closed() {
        var sound = produce("chromium-opus");
        assertThat(tryToProduce("chromium-opus"))
                .isInstanceOfSatisfying(
                        ProduceResult.Refused.class,
                        refused ->
                                assertThat(refused.reason())
                                        .isIn(
                                                OrtcRefusal.DUPLICATE_MID,
                                                OrtcRefusal.DUPLICATE_SSRC));

        sender.close(sound);

        assertThat(tryToProduce("chromium-opus")).isInstanceOf(ProduceResult.Created.class);
    }

    @Test
    void who_cannot_receive_a_track_is_told_why() {
        var producer = produce("chromium-h264-3enc-L1T3");
        var can = Receivers.of(Set.of("audio/opus", "video/VP8"), Set.of(1, 4, 5));

        assertThat(receiver.consume("c", producer, can, this, 0))
                .isInstanceOf(Router.ConsumeResult.Refused.class);
        assertThat(consume(produce("chromium-opus")).parameters().mid()).isEqualTo("0");
    }

    @Test
    void the_end_of_a_track_is_told_once_and_closing_again_does_nothing() {
        var producer = produce("chromium-opus");
        var consumer = consume(producer);
        consume(producer);

        sender.close(producer);
        sender.close(producer);
        receiver.close(consumer);
        receiver.close(consumer);

        assertThat(ended).isEqualTo(2);
    }

    @Test
    void closing_ends_tracks_both_ways() {
        var producer = produce("chromium-opus");
        consume(producer);

        receiver.close();
        assertThat(ended).isZero();
        assertThat(producer.consumers()).isEmpty();
        sender.close();

        assertThat(sender.describe().state()).isEqualTo(TransportState.CLOSED);
        assertThat(sender.connect(FINGERPRINT, 0)).isFalse();
        sender.flush();
        receiver.flush();
    }

    @Test
    void the_sender_hears_which_layers_are_worth_sending() {
        var producer = produce("chromium-vp8-3enc-L1T3");
        router.advance(1);
        var consumer = consume(producer);
        consumer.resume(2);
        router.advance(3);
        consumer.setPreferredLayers(0, 2, 4);
        router.advance(Producer.TURN_NANOS + 5);
        receiver.close(consumer);
        router.advance(2 * Producer.TURN_NANOS + 6);

        assertThat(wanted).containsExactly(-1, 2, 0, -1);
    }

    @Test
    void control_packets_do_not_leave_before_there_are_keys() {
        var producer = produce("firefox-vp8-1enc-none");
        consume(producer).resume(1);
        router.advance(2);
        assertThat(controlWaiting).as("a wish for a key frame").isEqualTo(1);

        sender.flush();

        assertThat(sender.describe().sentCount()).isZero();
    }

    @Override
    public void transmit(ByteBuffer datagram, InetSocketAddress to) {
        throw new AssertionError("there is nobody to send to");
    }

    @Override
    public void onControlWaiting() {
        controlWaiting++;
    }

    @Override
    public void onEvent(TransportEvent event) {
        throw new AssertionError(event);
    }

    @Override
    public void onLayersChanged(int spatialLayer, int temporalLayer) {}

    @Override
    public void onProducerClosed() {
        ended++;
    }
}
