// SPDX-License-Identifier: Apache-2.0
package noom.sfu.worker;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import noom.rtc.TransportEvent;
import noom.rtc.TransportState;
import noom.rtc.ice.IceCredentials;
import noom.rtc.rtcp.NtpTime;
import noom.rtc.rtcp.Rtcp;
import noom.rtc.rtcp.Rtcp.ExtendedReport.Answer;
import noom.rtc.rtcp.Rtcp.ExtendedReport.Block;
import noom.rtc.rtcp.Rtcp.ExtendedReport.DelaySinceLast;
import noom.rtc.rtcp.Rtcp.ExtendedReport.ReceiverReferenceTime;
import noom.rtc.rtp.ExtensionIds;
import noom.rtc.rtp.KnownExtension;
import noom.rtc.rtp.RtpPacket;
import noom.rtc.rtp.TransportSeq;
import noom.rtc.stun.StunMessage;
import noom.rtc.stun.StunWriter;
import noom.sfu.Consumer;
import noom.sfu.Producer;
import noom.sfu.Router;
import noom.sfu.WebRtcTransport;
import noom.sfu.ortc.MediaKind;
import noom.sfu.ortc.OrtcJson;
import noom.sfu.ortc.OrtcRefusal;
import noom.sfu.ortc.Receivers;
import noom.sfu.ortc.RouterCapabilities;
import org.junit.jupiter.api.Test;

/// A worker without a socket, in virtual time: pages check, send and hear by hand.
class MediaWorkerTest implements MediaWorker.Out {
    private static final long MILLI = 1_000_000L;
    private static final ExtensionIds IDS = RouterCapabilities.extensionIds();

    private final Map<InetSocketAddress, ScriptedPage> pages = new HashMap<>();
    private final List<String> heard = new ArrayList<>();
    private final List<Runnable> later = new ArrayList<>();
    private long now = 1_000 * MILLI;
    private final List<byte[]> lost = new ArrayList<>();
    private boolean isLosing;
    private byte[] sentLast = {};
    private int flushes;
    private final MediaWorker worker =
            new MediaWorker(
                    this,
                    later::add,
                    () -> now,
                    new SplittableRandom(7),
                    (remote, owner, sink) -> new ScriptedPage.Keys(sink));
    private final Router router = worker.openRouter(heard::add);
    private int opened;

    /// One transport with both its ends.
    private record Line(WebRtcTransport transport, ScriptedPage page, IceCredentials credentials) {}

    @Override
    public void send(byte[] bytes, int offset, int lengthBytes, InetSocketAddress to) {
        var page = pages.get(to);
        assertThat(page).as("somebody is at %s", to).isNotNull();
        sentLast = Arrays.copyOfRange(bytes, offset, offset + lengthBytes);
        if (isLosing) {
            lost.add(sentLast.clone());
        } else {
            page.hear(sentLast.clone());
        }
    }

    @Override
    public void flush() {
        flushes++;
    }

    private Line open() {
        return open(new Recorder("t" + (opened + 1)));
    }

    private Line open(MediaWorker.Listener listener) {
        var page = new ScriptedPage(5_000 + ++opened);
        pages.put(page.address, page);
        var credentials = IceCredentials.random(new Random(opened));
        return new Line(worker.openTransport(router, credentials, listener), page, credentials);
    }

    private Line connected() {
        var line = open();
        line.transport().connect(ScriptedPage.FINGERPRINT, now);
        deliver(line.page(), line.page().check(line.credentials()));
        deliver(line.page(), line.page().hello());
        assertThat(line.transport().describe().state()).isEqualTo(TransportState.CONNECTED);
        return line;
    }

    private void deliver(ScriptedPage from, byte[] datagram) {
        worker.onDatagram(ByteBuffer.wrap(datagram), from.address);
        worker.onTurnEnd();
    }

    private void pass(long millis) {
        for (long i = 0; i < millis; i += MediaWorker.TICK_MILLIS) {
            now += MediaWorker.TICK_MILLIS * MILLI;
            worker.tick();
        }
    }

    private Producer produceSound(Line line) {
        return produce(line, MediaKind.AUDIO, ScriptedMedia.SOUND);
    }

    private Producer produceVideo(Line line) {
        return produce(line, MediaKind.VIDEO, ScriptedMedia.VIDEO);
    }

    private Producer produce(Line line, MediaKind kind, String captured) {
        var parameters = OrtcJson.captured(captured);
        var result =
                line.transport().produce(kind + " " + opened, kind, parameters, "ada", _ -> {});
        return ((WebRtcTransport.ProduceResult.Created) result).producer();
    }

    private Consumer consume(Line line, Producer producer) {
        var result =
                line.transport()
                        .consume(
                                "c" + opened,
                                producer,
                                Receivers.chromium(),
                                new ConsumerRecorder(),
                                now);
        var consumer = ((Router.ConsumeResult.Created) result).consumer();
        consumer.resume(now);
        return consumer;
    }

    private static long ssrcOf(Consumer consumer) {
        return consumer.parameters().encodings().getFirst().ssrc();
    }

    private void askAgain(Line line, Consumer consumer, int seq) {
        var nack = new Rtcp.Nack(1, ssrcOf(consumer), List.of(new Rtcp.Nack.Item(seq, 0)));
        deliver(line.page(), line.page().sealed(nack));
    }

    private void send(Line from, RtpPacket... packets) {
        for (var packet : packets) {
            deliver(from.page(), from.page().sealed(packet));
        }
    }

    @Test
    void what_one_says_the_other_hears_under_keys_and_numbers_of_its_own() {
        var ada = connected();
        var bob = connected();
        var consumer = consume(bob, produceSound(ada));

        for (int seq = 0; seq < 50; seq++) {
            send(ada, ScriptedMedia.sound(seq));
            pass(20);
        }

        var media = bob.page().media;
        assertThat(media).hasSize(50).allMatch(packet -> packet.ssrc() == ssrcOf(consumer));
        int first = media.getFirst().seq();
        assertThat(media.stream().map(packet -> packet.seq() - first))
                .containsExactlyElementsOf(IntStream.range(0, 50).boxed().toList());
        assertThat(media.get(7).array()[media.get(7).payloadOffset()]).isEqualTo((byte) 7);
        assertThat(ada.page().media).isEmpty();
    }

    @Test
    void the_sender_hears_when_its_packets_came() {
        var ada = connected();
        produceSound(ada);

        send(ada, ScriptedMedia.sound(0));
        send(ada, ScriptedMedia.sound(2));
        pass(100);

        var arrivals = ada.page().control(Rtcp.Arrivals.class);
        assertThat(arrivals).hasSize(1);
        assertThat(arrivals.getFirst().feedback().statusCount()).isEqualTo(3);
        assertThat(arrivals.getFirst().feedback().arrivedCount()).isEqualTo(2);
    }

    @Test
    void both_ends_of_a_transport_learn_their_round_trip() {
        var ada = connected();
        var producer = produceSound(ada);
        send(ada, ScriptedMedia.sound(0));
        pass(10);
        var asked = ada.page().control(Rtcp.ExtendedReport.class).getLast();
        var time = (ReceiverReferenceTime) asked.blocks().getFirst();
        var answer = new Answer(asked.ssrc(), NtpTime.middle(time.ntpTime()), 0);
        var mine = new ReceiverReferenceTime(7L << 16);

        now += 40 * MILLI;
        var blocks = List.<Block>of(new DelaySinceLast(List.of(answer)), mine);
        deliver(ada.page(), ada.page().sealed(new Rtcp.ExtendedReport(9, blocks)));
        pass(10);

        assertThat(producer.roundTripNanos()).isEqualTo(40 * MILLI);
        var held = new Answer(9, 7, NtpTime.delay(10 * MILLI));
        assertThat(ada.page().control(Rtcp.ExtendedReport.class).getLast().blocks())
                .containsExactly(new DelaySinceLast(List.of(held)));
    }

    @Test
    void packets_of_a_turn_are_numbered_as_they_leave() {
        var ada = connected();
        var bob = connected();
        consume(bob, produceVideo(ada));
        send(ada, ScriptedMedia.picture(100));

        assertThat(bob.page().media).extracting(this::transportSeq).containsExactly(0, 1, 2);
    }

    @Test
    void what_cannot_be_sent_takes_no_number_of_the_transport() {
        var ada = connected();
        var bob = connected();
        consume(bob, produceVideo(ada));
        for (int i = 0; i < 4; i++) {
            deliver(ada.page(), ada.page().check(ada.credentials()));
            pass(10_000);
        }
        send(ada, ScriptedMedia.picture(100));
        assertThat(bob.page().media).as("consent has run out").isEmpty();

        deliver(bob.page(), bob.page().check(bob.credentials()));
        send(ada, ScriptedMedia.picture(103));

        assertThat(bob.page().media).extracting(this::transportSeq).containsExactly(0, 1, 2);
    }

    private int transportSeq(RtpPacket packet) {
        return TransportSeq.read(packet.extensions(), IDS.id(KnownExtension.TRANSPORT_CC));
    }

    @Test
    void what_is_lost_on_the_way_to_a_receiver_comes_again() {
        var ada = connected();
        var bob = connected();
        var consumer = consume(bob, produceVideo(ada));
        send(ada, ScriptedMedia.picture(100));
        int lost = bob.page().media.get(1).seq();

        askAgain(bob, consumer, lost);

        var again = bob.page().media.getLast();
        assertThat(bob.page().media).hasSize(4);
        assertThat(again.ssrc()).isEqualTo(consumer.parameters().encodings().getFirst().rtxSsrc());
        var bytes = ByteBuffer.wrap(again.array());
        assertThat(bytes.getShort(again.payloadOffset()) & 0xFFFF).isEqualTo(lost);
    }

    /// Who could, would read the key out of two packets sealed alike.
    @Test
    void sound_that_is_lost_comes_again_in_the_very_bytes() {
        var ada = connected();
        var bob = connected();
        var consumer = consume(bob, produceSound(ada));
        send(ada, ScriptedMedia.sound(0));
        isLosing = true;
        send(ada, ScriptedMedia.sound(1));
        isLosing = false;
        send(ada, ScriptedMedia.sound(2));
        int seq = bob.page().media.getFirst().seq() + 1;
        long sentBefore = bob.transport().describe().sentCount();

        askAgain(bob, consumer, seq);

        assertThat(bob.page().media).hasSize(3);
        assertThat(bob.transport().describe().sentCount()).isEqualTo(sentBefore + 1);
        var again = bob.page().media.getLast();
        assertThat(again.seq()).isEqualTo(seq);
        assertThat(again.array()[again.payloadOffset()]).isEqualTo((byte) 1);
        assertThat(lost).containsExactly(sentLast);
    }

    @Test
    void who_asks_for_a_key_frame_has_the_sender_asked() {
        var ada = connected();
        var bob = connected();
        var consumer = consume(bob, produceVideo(ada));
        send(ada, ScriptedMedia.picture(100));
        pass(2_000);
        int before = ada.page().control(Rtcp.Pli.class).size();

        deliver(bob.page(), bob.page().sealed(new Rtcp.Pli(1, ssrcOf(consumer))));
        pass(20);

        assertThat(ada.page().control(Rtcp.Pli.class)).hasSize(before + 1);
    }

    @Test
    void a_track_that_makes_no_sense_is_refused() {
        var ada = connected();
        var parameters = OrtcJson.captured(ScriptedMedia.SOUND);

        assertThat(ada.transport().produce("x", MediaKind.VIDEO, parameters, "ada", _ -> {}))
                .isInstanceOfSatisfying(
                        WebRtcTransport.ProduceResult.Refused.class,
                        refused -> assertThat(refused.reason()).isEqualTo(OrtcRefusal.WRONG_KIND));
        produceSound(ada);
        assertThat(ada.transport().produce("y", MediaKind.AUDIO, parameters, "ada", _ -> {}))
                .isInstanceOf(WebRtcTransport.ProduceResult.Refused.class);
    }

    @Test
    void who_goes_takes_its_tracks_along() {
        var ada = connected();
        var bob = connected();
        consume(bob, produceSound(ada));

        worker.close(ada.transport());
        send(ada, ScriptedMedia.sound(1));

        assertThat(heard).contains("track ended");
        assertThat(bob.page().media).isEmpty();
        assertThat(worker.strangeDatagrams()).isEqualTo(1);
        assertThat(worker.transports()).containsExactly(bob.transport());
    }

    @Test
    void who_wants_no_more_gets_no_more() {
        var ada = connected();
        var bob = connected();
        var consumer = consume(bob, produceSound(ada));
        send(ada, ScriptedMedia.sound(1));

        bob.transport().close(consumer);
        send(ada, ScriptedMedia.sound(2));

        assertThat(bob.page().media).hasSize(1);
    }

    @Test
    void a_fault_in_one_transport_closes_that_one() {
        var broken =
                open(
                        new MediaWorker.Listener() {
                            @Override
                            public void onEvent(TransportEvent event) {
                                throw new IllegalStateException("as the test wants it");
                            }

                            @Override
                            public void onBroken() {
                                heard.add("broken");
                            }
                        });
        var bob = connected();

        deliver(broken.page(), broken.page().check(broken.credentials()));
        deliver(bob.page(), bob.page().check(bob.credentials()));

        assertThat(heard).contains("broken");
        assertThat(worker.brokenTransports()).isEqualTo(1);
        assertThat(worker.transports()).containsExactly(bob.transport());
        assertThat(bob.page().answers).isEqualTo(2);
    }

    @Test
    void a_fault_while_a_turn_ends_closes_that_one_too() {
        var ada = connected();
        var bob = connected();
        produceSound(ada);
        send(ada, ScriptedMedia.sound(0));
        pages.remove(ada.page().address); // to whom feedback is due, so that sending it fails

        pass(200);
        deliver(bob.page(), bob.page().check(bob.credentials()));

        assertThat(worker.brokenTransports()).isEqualTo(1);
        assertThat(worker.transports()).containsExactly(bob.transport());
        assertThat(bob.page().answers).isEqualTo(2);
    }

    @Test
    void after_a_restart_old_and_new_credentials_are_answered_and_media_goes_on() {
        var ada = connected();
        var bob = connected();
        consume(bob, produceSound(ada));
        var fresh = IceCredentials.random(new Random(99));

        worker.restartIce(ada.transport(), fresh);
        deliver(ada.page(), ada.page().check(ada.credentials()));
        deliver(ada.page(), ada.page().check(fresh));
        send(ada, ScriptedMedia.sound(1));

        assertThat(ada.page().answers).isEqualTo(3);
        assertThat(bob.page().media).hasSize(1);
    }

    @Test
    void a_stranger_is_told_its_address_and_noise_is_met_with_silence() {
        var stranger = new ScriptedPage(6_000);
        pages.put(stranger.address, stranger);
        var question = new StunWriter().begin(StunMessage.BINDING_REQUEST, new byte[12]);

        deliver(stranger, question.toBytes());
        deliver(stranger, new byte[] {1, 2, 3});
        deliver(stranger, stranger.check("nobody", "0123456789012345678901"));
        deliver(stranger, stranger.hello());

        assertThat(stranger.answers).isEqualTo(1);
        assertThat(worker.strangeDatagrams()).isEqualTo(3);
    }

    @Test
    void consent_runs_out_when_a_page_is_gone() {
        var ada = connected();

        pass(31_000);

        assertThat(ada.transport().describe().selectedPath()).isEmpty();
        assertThat(heard).anyMatch(line -> line.contains("DISCONNECTED"));
    }

    @Test
    void news_of_a_handshake_are_a_turn() {
        int before = flushes;

        worker.run(() -> heard.add("ran"));

        assertThat(heard).contains("ran");
        assertThat(flushes).isEqualTo(before + 1);
    }

    private final class Recorder implements MediaWorker.Listener {
        private final String name;

        Recorder(String name) {
            this.name = name;
        }

        @Override
        public void onEvent(TransportEvent event) {
            heard.add(name + " " + event);
        }

        @Override
        public void onBroken() {
            heard.add(name + " broken");
        }
    }

    private final class ConsumerRecorder implements WebRtcTransport.ConsumerEvents {
        @Override
        public void onLayersChanged(int spatialLayer, int temporalLayer) {
            heard.add("layers " + spatialLayer + "/" + temporalLayer);
        }

        @Override
        public void onProducerClosed() {
            heard.add("track ended");
        }
    }
}
