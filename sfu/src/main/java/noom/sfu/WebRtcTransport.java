// SPDX-License-Identifier: Apache-2.0
package noom.sfu;

import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.IntConsumer;
import noom.rtc.IntakeLimit;
import noom.rtc.PeerTransport;
import noom.rtc.TransportDescription;
import noom.rtc.TransportEvent;
import noom.rtc.dtls.DtlsEndpoint;
import noom.rtc.dtls.Fingerprint;
import noom.rtc.ice.IceCredentials;
import noom.rtc.rtcp.CompoundWriter;
import noom.rtc.rtcp.Rtcp;
import noom.rtc.rtp.AbsSendTime;
import noom.rtc.rtp.ExtensionIds;
import noom.rtc.rtp.KnownExtension;
import noom.rtc.rtp.RtpPacket;
import noom.rtc.srtp.SrtpContext;
import noom.sfu.ortc.ConsumeBuilder;
import noom.sfu.ortc.MediaKind;
import noom.sfu.ortc.OrtcRefusal;
import noom.sfu.ortc.ProduceCheck;
import noom.sfu.ortc.ProduceRules;
import noom.sfu.ortc.RouterCapabilities;
import noom.sfu.ortc.RtpCapabilities;
import noom.sfu.ortc.RtpEncodingParameters;
import noom.sfu.ortc.RtpParameters;
import noom.sfu.repair.SealedPackets;
import org.jspecify.annotations.Nullable;

/// One peer in a router: its connection, the tracks it sends over it, and those it gets.
///
/// A page opens two, one to send and one to receive. What comes is told apart by SSRC: media goes
/// to a [Producer] by [IncomingStreams], reports to the [Consumer] they are about. Control packets
/// that go to the peer gather until [#flush], so that those of one turn share a datagram.
///
/// Owner: the media worker that created it. Buffers are borrowed.
public final class WebRtcTransport {
    private static final ProduceRules RULES = new ProduceRules(RouterCapabilities.STANDARD);
    private static final ExtensionIds IDS = RouterCapabilities.extensionIds();
    private static final int TRANSPORT_SEQ_ID = IDS.id(KnownExtension.TRANSPORT_CC);
    private static final int SEND_TIME_ID = IDS.id(KnownExtension.ABS_SEND_TIME);
    private static final int SEQ_MASK = 0xFFFF;

    private final Router router;
    private final Sink sink;
    private final PeerTransport peer;
    private final IncomingStreams incoming;
    private final List<Producer> producers = new ArrayList<>();
    private final Map<Long, Consumer> consumers = new HashMap<>();

    /// Of the consumers; gathered as they come, for who joins a hundred others has two hundred.
    private final Set<Long> taken = new HashSet<>();

    private final List<Rtcp> heard = new ArrayList<>();
    private final ArrayDeque<Rtcp> waiting = new ArrayDeque<>();
    private final CompoundWriter compound = new CompoundWriter();
    private final byte[] control = new byte[CompoundWriter.DEFAULT_LIMIT_BYTES];
    private final byte[] sealed = new byte[SrtpContext.MAX_PACKET_BYTES];
    private @Nullable SealedPackets repeatable;
    private long nowNanos;
    private int transportSeq;
    private int mids;

    /// What comes out.
    public interface Sink {
        /// Sends a datagram.
        ///
        /// @param datagram borrowed until the call returns
        void transmit(ByteBuffer datagram, InetSocketAddress to);

        /// There are control packets now, for the next [WebRtcTransport#flush].
        void onControlWaiting();

        /// The connection has something to say.
        void onEvent(TransportEvent event);
    }

    /// What came of a wish to send a track.
    public sealed interface ProduceResult {
        /// It may.
        record Created(Producer producer) implements ProduceResult {}

        /// It may not.
        ///
        /// @param at where in the description
        record Refused(OrtcRefusal reason, String at) implements ProduceResult {}
    }

    /// @param credentials those that the peer was told
    /// @param opener where the handshake comes from
    /// @param limit for media and control that come
    public WebRtcTransport(
            Router router,
            IceCredentials credentials,
            DtlsEndpoint.Opener opener,
            IntakeLimit limit,
            Sink sink) {
        this.router = router;
        this.sink = sink;
        incoming = new IncomingStreams(router.localSsrc(), this::sendLater);
        peer = new PeerTransport(credentials, opener, limit, new FromPeer());
    }

    /// Signalling has told whom to expect.
    ///
    /// @return false, and nothing happens, if it was told before or this is closed
    public boolean connect(Fingerprint remote, long nowNanos) {
        this.nowNanos = nowNanos;
        return peer.connect(remote, nowNanos);
    }

    /// The peer was told new credentials; media goes on.
    public void restartIce(IceCredentials credentials) {
        peer.restartIce(credentials);
    }

    /// Bytes in.
    ///
    /// @param datagram borrowed until the call returns, and may be overwritten
    public void receive(ByteBuffer datagram, InetSocketAddress from, long nowNanos) {
        this.nowNanos = nowNanos;
        peer.receive(datagram, from, nowNanos);
        for (var packet : heard) {
            onRtcp(packet);
        }
        heard.clear();
    }

    /// Does what has become due.
    public void advance(long nowNanos) {
        this.nowNanos = nowNanos;
        peer.advance(nowNanos);
        incoming.advance(nowNanos);
    }

    /// When it next wants time; `Long.MAX_VALUE` if never.
    public long nextDeadlineNanos() {
        return Math.min(peer.nextDeadlineNanos(), incoming.nextDeadlineNanos());
    }

    /// The peer begins to send a track.
    ///
    /// @param id not in use in the router
    /// @param cname of the person, the same for all their tracks
    /// @param layersWanted hears which layers are worth sending
    public ProduceResult produce(
            String id,
            MediaKind kind,
            RtpParameters parameters,
            String cname,
            IntConsumer layersWanted) {
        return switch (RULES.check(kind, parameters, inUse())) {
            case ProduceCheck.Refused(OrtcRefusal reason, String at) ->
                    new ProduceResult.Refused(reason, at);
            case ProduceCheck.Accepted track -> {
                var producer = router.produce(id, track, cname, new ToSender(layersWanted));
                producers.add(producer);
                incoming.add(producer);
                yield new ProduceResult.Created(producer);
            }
        };
    }

    private ProduceRules.InUse inUse() {
        var usedMids = new HashSet<String>();
        var ssrcs = new HashSet<Long>();
        for (var producer : producers) {
            usedMids.add(producer.mid());
            for (int i = 0; i < producer.encodingCount(); i++) {
                var encoding = producer.encodingParameters(i);
                ssrcs.add(encoding.ssrc());
                ssrcs.add(encoding.rtxSsrc());
            }
        }
        ssrcs.remove(RtpEncodingParameters.NO_SSRC);
        return new ProduceRules.InUse(usedMids, ssrcs);
    }

    /// The peer stops sending a track.
    public void close(Producer producer) {
        if (producers.remove(producer)) {
            incoming.remove(producer);
            router.close(producer);
        }
    }

    /// The peer is to get a track.
    ///
    /// @param layers hears which layers go on, and of the end
    public Router.ConsumeResult consume(
            String id,
            Producer producer,
            RtpCapabilities can,
            ConsumerEvents layers,
            long nowNanos) {
        var place = new ConsumeBuilder.Place(Integer.toString(mids), taken);
        var receiver = new ToReceiver(layers);
        var result = router.consume(id, producer, can, place, receiver, nowNanos);
        if (result instanceof Router.ConsumeResult.Created(Consumer consumer)) {
            receiver.repeatsInPlace = consumer.repeatsInPlace();
            mids++;
            consumers.put(ssrcOf(consumer), consumer);
            taken.add(ssrcOf(consumer));
            taken.add(rtxSsrcOf(consumer));
        }
        return result;
    }

    /// What a receiver's signalling wants to know of a track.
    public interface ConsumerEvents {
        /// Other layers go on now; -1 for nothing.
        void onLayersChanged(int spatialLayer, int temporalLayer);

        /// The track has ended, and the consumer with it.
        void onProducerClosed();
    }

    private static long ssrcOf(Consumer consumer) {
        return consumer.parameters().encodings().getFirst().ssrc();
    }

    private static long rtxSsrcOf(Consumer consumer) {
        return consumer.parameters().encodings().getFirst().rtxSsrc();
    }

    /// The peer does not want a track any more, or it has ended.
    public void close(Consumer consumer) {
        if (consumers.remove(ssrcOf(consumer), consumer)) {
            taken.remove(ssrcOf(consumer));
            taken.remove(rtxSsrcOf(consumer));
            router.close(consumer);
        }
    }

    /// Ends everything that goes over it, and says goodbye.
    public void close() {
        List.copyOf(producers).forEach(this::close);
        List.copyOf(consumers.values()).forEach(this::close);
        waiting.clear();
        peer.close();
    }

    /// How it stands.
    public TransportDescription describe() {
        return peer.describe();
    }

    private void sendLater(Rtcp packet) {
        if (waiting.isEmpty()) {
            sink.onControlWaiting();
        }
        waiting.add(packet);
    }

    /// Sends the control packets that have gathered; the worker calls it at the end of a turn.
    public void flush() {
        while (!waiting.isEmpty()) {
            compound.begin(control, 0, control.length);
            while (!waiting.isEmpty() && compound.add(waiting.peekFirst())) {
                waiting.removeFirst();
            }
            if (compound.lengthBytes() == 0) {
                waiting.removeFirst(); // longer than a datagram; nothing of ours is
            } else {
                peer.sendRtcp(control, 0, compound.lengthBytes());
            }
        }
    }

    private void onRtcp(Rtcp packet) {
        switch (packet) {
            case Rtcp.Nack nack -> toConsumer(nack.mediaSsrc(), packet);
            case Rtcp.Pli pli -> toConsumer(pli.mediaSsrc(), packet);
            case Rtcp.Fir fir -> fir.entries().forEach(e -> toConsumer(e.ssrc(), packet));
            case Rtcp.ReceiverReport report ->
                    report.blocks().forEach(block -> toConsumer(block.ssrc(), packet));
            case Rtcp.SenderReport report -> {
                incoming.onRtcp(report, nowNanos);
                report.blocks().forEach(block -> toConsumer(block.ssrc(), packet));
            }
            case Rtcp.ExtendedReport report -> incoming.onRtcp(report, nowNanos);
            case Rtcp.SourceDescription _, Rtcp.Bye _, Rtcp.Remb _, Rtcp.Arrivals _ -> {}
        }
    }

    private void toConsumer(long ssrc, Rtcp packet) {
        var consumer = consumers.get(ssrc);
        if (consumer != null) {
            consumer.onRtcp(packet, nowNanos);
        }
    }

    /// Numbers of the whole transport are written last, for they count what really leaves.
    private void send(RtpPacket packet, boolean isRemembered, long nowNanos) {
        var extensions = packet.extensions();
        boolean isNumbered = extensions.set16(TRANSPORT_SEQ_ID, transportSeq);
        extensions.set24(SEND_TIME_ID, AbsSendTime.ofNanos(nowNanos));
        boolean isSent = isRemembered ? sendRemembered(packet) : peer.sendRtp(packet);
        if (isSent && isNumbered) {
            transportSeq = (transportSeq + 1) & SEQ_MASK;
        }
    }

    private boolean sendRemembered(RtpPacket packet) {
        int sealedBytes =
                peer.protectRtp(packet.array(), packet.offset(), packet.lengthBytes(), sealed, 0);
        var path = peer.selectedPath();
        if (sealedBytes == PeerTransport.REFUSED || path == null) {
            return false;
        }
        if (repeatable == null) {
            repeatable = new SealedPackets();
        }
        repeatable.add(packet.ssrc(), packet.seq(), sealed, 0, sealedBytes);
        sink.transmit(ByteBuffer.wrap(sealed, 0, sealedBytes), path);
        return true;
    }

    private void repeat(RtpPacket packet) {
        if (repeatable != null) {
            int sealedBytes = repeatable.find(packet.ssrc(), packet.seq(), sealed);
            if (sealedBytes != SealedPackets.NONE) {
                peer.sendAgain(sealed, sealedBytes);
            }
        }
    }

    private final class FromPeer implements PeerTransport.Sink {
        @Override
        public void transmit(ByteBuffer datagram, InetSocketAddress to) {
            sink.transmit(datagram, to);
        }

        @Override
        public void onRtp(RtpPacket packet) {
            incoming.onRtp(packet, nowNanos);
        }

        /// Kept until the peer's transport may be called again: an answer may go the same way.
        @Override
        public void onRtcp(List<Rtcp> packets) {
            heard.addAll(packets);
        }

        @Override
        public void onEvent(TransportEvent event) {
            sink.onEvent(event);
        }
    }

    private final class ToSender implements Producer.Sink {
        private final IntConsumer layersWanted;

        ToSender(IntConsumer layersWanted) {
            this.layersWanted = layersWanted;
        }

        @Override
        public void onRtcp(Rtcp packet) {
            sendLater(packet);
        }

        @Override
        public void onLayersWanted(int maxSpatialLayer) {
            layersWanted.accept(maxSpatialLayer);
        }
    }

    private final class ToReceiver implements Consumer.Sink {
        private final ConsumerEvents events;
        private boolean repeatsInPlace;

        ToReceiver(ConsumerEvents events) {
            this.events = events;
        }

        @Override
        public void onRtp(RtpPacket packet, long nowNanos) {
            send(packet, repeatsInPlace, nowNanos);
        }

        @Override
        public void onRepeated(RtpPacket packet, long nowNanos) {
            repeat(packet);
        }

        @Override
        public void onRtcp(Rtcp packet) {
            sendLater(packet);
        }

        @Override
        public void onLayersChanged(int spatialLayer, int temporalLayer) {
            events.onLayersChanged(spatialLayer, temporalLayer);
        }

        @Override
        public void onProducerClosed() {
            events.onProducerClosed();
        }
    }
}
