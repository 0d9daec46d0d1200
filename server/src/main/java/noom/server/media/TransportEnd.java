// SPDX-License-Identifier: Apache-2.0
package noom.server.media;

import java.util.LinkedHashMap;
import java.util.Map;
import noom.rtc.TransportDescription;
import noom.rtc.TransportEvent;
import noom.rtc.dtls.Fingerprint;
import noom.rtc.ice.IceCredentials;
import noom.rtc.ice.IceState;
import noom.sfu.Consumer;
import noom.sfu.Router;
import noom.sfu.TrackLink;
import noom.sfu.WebRtcTransport;
import noom.sfu.ortc.RtpCapabilities;
import noom.sfu.ortc.RtpParameters;
import noom.sfu.worker.MediaWorker;
import org.jspecify.annotations.Nullable;

/// A person's transport where it is, with the tracks that go over it to them.
///
/// Owner: the media worker it is on, which may be another than the meeting's home; what happens to
/// it is told there by [News]. After its end it does nothing, as what was asked of it before may
/// come later.
final class TransportEnd {
    private static final System.Logger LOG = System.getLogger("noom.media");

    /// Temporal layers are the router's to choose.
    private static final int ANY_TEMPORAL_LAYER = 7;

    private final MeetingRouter in;
    private final News news;
    private final Map<String, Consumer> consumers = new LinkedHashMap<>();
    private @Nullable Open open;

    private record Open(MediaWorker worker, Router router, WebRtcTransport transport) {}

    /// What the meeting hears of it, at home.
    interface News {
        /// It can be used no more.
        void onLost();

        /// A track can be received so.
        void onConsumed(String consumerId, RtpParameters parameters);

        /// A track cannot be received, or has ended.
        void onConsumerEnded(String consumerId);
    }

    /// How it stands.
    ///
    /// @param consumers by their ids
    record Report(TransportDescription transport, Map<String, OfConsumer> consumers) {}

    /// How a track that goes out stands.
    ///
    /// @param roundTripNanos -1 until it is known
    record OfConsumer(int spatialLayer, long roundTripNanos) {}

    TransportEnd(MeetingRouter in, News news) {
        this.in = in;
        this.news = news;
    }

    void open(WorkerMedia at, IceCredentials credentials) {
        var router = in.enter(at.worker());
        var transport = at.worker().openTransport(router, credentials, new Listener());
        open = new Open(at.worker(), router, transport);
        at.ends().add(this);
    }

    void close(WorkerMedia at) {
        var was = open;
        if (was != null) {
            open = null;
            at.ends().remove(this);
            consumers.clear();
            was.worker.close(was.transport);
            in.leave(was.worker);
        }
    }

    /// Of one that sends; null after its end.
    @Nullable WebRtcTransport transport() {
        return open == null ? null : open.transport;
    }

    /// Whether it was told so for the first time.
    boolean connect(Fingerprint remote) {
        return open != null && open.transport.connect(remote, open.worker.nowNanos());
    }

    void restartIce(IceCredentials credentials) {
        if (open != null) {
            open.worker.restartIce(open.transport, credentials);
        }
    }

    void consume(String id, TrackLink track, RtpCapabilities capabilities) {
        var at = open;
        if (at == null) {
            return;
        }
        var events =
                new WebRtcTransport.ConsumerEvents() {
                    @Override
                    public void onLayersChanged(int spatialLayer, int temporalLayer) {}

                    @Override
                    public void onProducerClosed() {
                        closeConsumer(id);
                        news.onConsumerEnded(id);
                    }
                };
        var producer = at.router.mirror(track, at.worker.mailbox());
        long now = at.worker.nowNanos();
        switch (at.transport.consume(id, producer, capabilities, events, now)) {
            case Router.ConsumeResult.Refused(var reason, String where) -> {
                LOG.log(
                        System.Logger.Level.DEBUG,
                        "a track is not offered: {0} at {1}",
                        reason,
                        where);
                news.onConsumerEnded(id);
            }
            case Router.ConsumeResult.Created(var consumer) -> {
                consumers.put(id, consumer);
                news.onConsumed(id, consumer.parameters());
            }
        }
    }

    void closeConsumer(String id) {
        var consumer = consumers.remove(id);
        if (consumer != null && open != null) {
            open.transport.close(consumer);
        }
    }

    /// A track goes on from now, up to this layer.
    void resume(String id, int spatialLayer) {
        prefer(id, spatialLayer);
        var consumer = consumers.get(id);
        if (consumer != null && open != null) {
            consumer.resume(open.worker.nowNanos());
        }
    }

    /// A track that goes on does so up to this layer.
    void prefer(String id, int spatialLayer) {
        var consumer = consumers.get(id);
        if (consumer != null && open != null) {
            long now = open.worker.nowNanos();
            consumer.setPreferredLayers(spatialLayer, ANY_TEMPORAL_LAYER, now);
        }
    }

    /// A track does not go on.
    void pause(String id) {
        var consumer = consumers.get(id);
        if (consumer != null) {
            consumer.pause();
        }
    }

    @Nullable Report report() {
        if (open == null) {
            return null;
        }
        var tracks = new LinkedHashMap<String, OfConsumer>();
        consumers.forEach(
                (id, consumer) ->
                        tracks.put(
                                id,
                                new OfConsumer(
                                        consumer.currentSpatialLayer(),
                                        consumer.roundTripNanos())));
        return new Report(open.transport.describe(), tracks);
    }

    private final class Listener implements MediaWorker.Listener {
        @Override
        public void onEvent(TransportEvent event) {
            if (isTheEnd(event)) {
                onBroken();
            }
        }

        @Override
        public void onBroken() {
            news.onLost();
        }
    }

    private static boolean isTheEnd(TransportEvent event) {
        return switch (event) {
            case TransportEvent.IceStateChanged(IceState state) -> state == IceState.DISCONNECTED;
            case TransportEvent.DtlsFailed _, TransportEvent.DtlsClosed _ -> true;
            case TransportEvent.DtlsConnected _,
                    TransportEvent.PathFound _,
                    TransportEvent.PathLost _,
                    TransportEvent.PathSelected _ ->
                    false;
        };
    }
}
