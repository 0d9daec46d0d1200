// SPDX-License-Identifier: Apache-2.0
package noom.server.media;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import noom.rtc.TransportEvent;
import noom.rtc.dtls.Fingerprint;
import noom.rtc.ice.IceCredentials;
import noom.rtc.ice.IceState;
import noom.server.media.PersonMedia.Line;
import noom.server.media.PersonMedia.Offered;
import noom.server.media.PersonMedia.Sent;
import noom.server.message.Answer;
import noom.server.message.Answer.Done;
import noom.server.message.Answer.IceRestarted;
import noom.server.message.Answer.MediaState;
import noom.server.message.Answer.Produced;
import noom.server.message.Answer.TransportOpened;
import noom.server.message.Media.ConnectTransport;
import noom.server.message.Media.ConsumerClosed;
import noom.server.message.Media.ConsumerOffer;
import noom.server.message.Media.FacesChosen;
import noom.server.message.Media.LayersWanted;
import noom.server.message.Media.OpenTransport;
import noom.server.message.Media.Produce;
import noom.server.message.Media.SpeakerChanged;
import noom.server.message.Media.TrackRole;
import noom.server.message.Media.TransportClosed;
import noom.server.message.Media.TransportDirection;
import noom.server.message.Media.Watch;
import noom.server.message.SignalContract;
import noom.server.message.SignalContract.FromServer;
import noom.sfu.Router;
import noom.sfu.WebRtcTransport;
import noom.sfu.ortc.MediaKind;
import noom.sfu.ortc.RtpCapabilities;
import noom.sfu.worker.MediaWorker;
import org.jspecify.annotations.Nullable;

/// One meeting's media: everybody is offered everybody else's tracks.
///
/// Owner: the media worker. What ends, ends downwards: a person's line takes its tracks with it,
/// and a track its offers to the others.
final class MeetingMedia {
    private static final System.Logger LOG = System.getLogger("noom.media");

    /// Temporal layers are the router's to choose.
    private static final int ANY_TEMPORAL_LAYER = 7;

    private static final int MAX_SPATIAL_LAYER = 7;

    private final MediaWorker worker;
    private final MediaPort port;
    private final RandomGenerator random;
    private final Sink sink;
    private final Router router;
    private final FaceChoice choice;
    private final Map<String, PersonMedia> people = new LinkedHashMap<>();
    private @Nullable String speaker;
    private long ids;

    /// What comes out.
    interface Sink {
        <T> void tell(String personId, FromServer<T> contract, T message);

        <T> void tellAll(FromServer<T> contract, T message);

        /// In a turn of its own, if the meeting's media is still there.
        void later(Consumer<MeetingMedia> task);
    }

    MeetingMedia(
            MediaWorker worker, MediaPort port, int maxFaces, RandomGenerator random, Sink sink) {
        this.worker = worker;
        this.port = port;
        this.random = random;
        this.sink = sink;
        choice = new FaceChoice(maxFaces);
        router = worker.openRouter(this::onSpeaker);
    }

    boolean isEmpty() {
        return people.isEmpty();
    }

    /// Of an empty one.
    void end(MediaWorker of) {
        of.close(router);
    }

    /// The others have left.
    void keepOnly(Set<String> personIds) {
        for (var person : List.copyOf(people.values())) {
            if (!personIds.contains(person.id)) {
                List.copyOf(person.lines.values()).forEach(line -> close(person, line));
            }
        }
    }

    /// Answers before it offers.
    void open(String personId, OpenTransport request, Consumer<Answer> reply) {
        RtpCapabilities capabilities = null;
        if (request.direction() == TransportDirection.RECEIVE) {
            capabilities = RtpJson.capabilities(request.rtpCapabilities()).orElse(null);
            if (capabilities == null) {
                reply.accept(MediaBridge.refused("rtpCapabilities are needed to receive"));
                return;
            }
        }
        var person = people.computeIfAbsent(personId, this::newcomer);
        var before = person.lines.get(request.direction());
        var credentials = IceCredentials.random(random);
        var line = line(person, request.direction(), credentials, capabilities);
        if (before != null) {
            close(person, before);
        }
        person.lines.put(request.direction(), line);
        people.putIfAbsent(personId, person);
        reply.accept(
                new TransportOpened(
                        line.id,
                        MediaPort.iceParameters(credentials),
                        port.candidates(),
                        port.dtlsParameters()));
        if (request.direction() == TransportDirection.RECEIVE) {
            sink.tell(personId, SignalContract.SPEAKER, new SpeakerChanged(speaker));
            choose(person);
            for (var other : people.values()) {
                other.sent.values().forEach(track -> offer(person, track));
            }
        }
    }

    private PersonMedia newcomer(String personId) {
        return new PersonMedia(personId, "c" + Long.toUnsignedString(random.nextLong(), 36));
    }

    private Line line(
            PersonMedia person,
            TransportDirection direction,
            IceCredentials credentials,
            @Nullable RtpCapabilities capabilities) {
        String id = nextId("t");
        var listener =
                new MediaWorker.Listener() {
                    @Override
                    public void onEvent(TransportEvent event) {
                        if (isTheEnd(event)) {
                            onBroken();
                        }
                    }

                    @Override
                    public void onBroken() {
                        sink.later(media -> media.lose(person.id, id));
                    }
                };
        var transport = worker.openTransport(router, credentials, listener);
        return new Line(id, direction, transport, capabilities);
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

    private String nextId(String kind) {
        return kind + ++ids;
    }

    /// A line ended without its page's doing.
    private void lose(String personId, String transportId) {
        if (close(personId, transportId)) {
            sink.tell(personId, SignalContract.TRANSPORT_CLOSED, new TransportClosed(transportId));
        }
    }

    /// Whether it was there.
    boolean close(String personId, String transportId) {
        var person = people.get(personId);
        var line = person == null ? null : person.line(transportId);
        if (person == null || line == null) {
            return false;
        }
        close(person, line);
        return true;
    }

    private void close(PersonMedia person, Line line) {
        person.lines.remove(line.direction, line);
        for (var track : List.copyOf(person.sent.values())) {
            if (track.line().equals(line)) {
                close(track);
            }
        }
        for (var track : List.copyOf(person.offered.values())) {
            if (track.line.equals(line)) {
                person.offered.remove(track.offer.consumerId());
            }
        }
        worker.close(line.transport);
        if (person.lines.isEmpty()) {
            people.remove(person.id);
        }
    }

    Answer connect(String personId, ConnectTransport request) {
        var line = lineOf(personId, request.transportId());
        if (line == null) {
            return MediaBridge.gone();
        }
        var remote = RtpJson.fingerprint(request.dtlsParameters());
        if (remote.isEmpty()) {
            return MediaBridge.refused("dtlsParameters without a fingerprint of ours");
        }
        return connect(line, remote.get());
    }

    private Answer connect(Line line, Fingerprint remote) {
        if (line.remote == null && line.transport.connect(remote, worker.nowNanos())) {
            line.remote = remote;
        }
        return remote.equals(line.remote)
                ? new Done()
                : MediaBridge.refused("somebody else was told before");
    }

    private @Nullable Line lineOf(String personId, String transportId) {
        var person = people.get(personId);
        return person == null ? null : person.line(transportId);
    }

    Answer restartIce(String personId, String transportId) {
        var line = lineOf(personId, transportId);
        if (line == null) {
            return MediaBridge.gone();
        }
        var credentials = IceCredentials.random(random);
        worker.restartIce(line.transport, credentials);
        return new IceRestarted(MediaPort.iceParameters(credentials));
    }

    /// Answers before it offers.
    void produce(String personId, Produce request, Consumer<Answer> reply) {
        var person = people.get(personId);
        var line = lineOf(personId, request.transportId());
        if (person == null || line == null || line.direction != TransportDirection.SEND) {
            reply.accept(MediaBridge.gone());
            return;
        }
        var parameters = RtpJson.parameters(request.rtpParameters());
        if (parameters.isEmpty()) {
            reply.accept(MediaBridge.refused("no rtpParameters"));
            return;
        }
        var before = person.sent.get(request.role());
        if (before != null) {
            close(before); // first: its mid may be used again
        }
        String id = nextId("p");
        var result =
                line.transport.produce(
                        id,
                        kindOf(request.role()),
                        parameters.get(),
                        person.cname,
                        layer -> tellLayers(personId, id, layer));
        switch (result) {
            case WebRtcTransport.ProduceResult.Refused(var reason, String at) ->
                    reply.accept(MediaBridge.refused(reason + " at " + at));
            case WebRtcTransport.ProduceResult.Created(var producer) -> {
                var track = new Sent(id, person, request.role(), line, producer);
                person.sent.put(request.role(), track);
                reply.accept(new Produced(id));
                onCamera(track, true);
                people.values().forEach(other -> offer(other, track));
            }
        }
    }

    private static MediaKind kindOf(TrackRole role) {
        return switch (role) {
            case AUDIO, SCREEN_AUDIO -> MediaKind.AUDIO;
            case CAMERA, SCREEN -> MediaKind.VIDEO;
        };
    }

    private void tellLayers(String personId, String producerId, int maxSpatialLayer) {
        sink.tell(
                personId,
                SignalContract.LAYERS_WANTED,
                new LayersWanted(producerId, maxSpatialLayer));
    }

    private void offer(PersonMedia to, Sent track) {
        var line = to.lines.get(TransportDirection.RECEIVE);
        if (line == null || line.capabilities == null || track.owner().equals(to)) {
            return;
        }
        String id = nextId("c");
        var events =
                new WebRtcTransport.ConsumerEvents() {
                    @Override
                    public void onLayersChanged(int spatialLayer, int temporalLayer) {}

                    @Override
                    public void onProducerClosed() {
                        withdraw(to, id);
                    }
                };
        var result =
                line.transport.consume(
                        id, track.producer(), line.capabilities, events, worker.nowNanos());
        switch (result) {
            case Router.ConsumeResult.Refused(var reason, String at) ->
                    LOG.log(
                            System.Logger.Level.DEBUG,
                            "a track is not offered: {0} at {1}",
                            reason,
                            at);
            case Router.ConsumeResult.Created(var consumer) -> {
                var offer =
                        new ConsumerOffer(
                                id,
                                track.id(),
                                track.owner().id,
                                track.role(),
                                RtpJson.write(consumer.parameters()));
                to.offered.put(id, new Offered(offer, track, line, consumer));
                sink.tell(to.id, SignalContract.CONSUMER, offer);
            }
        }
    }

    private void withdraw(PersonMedia from, String consumerId) {
        var track = from.offered.remove(consumerId);
        if (track != null) {
            track.line.transport.close(track.consumer);
            sink.tell(from.id, SignalContract.CONSUMER_CLOSED, new ConsumerClosed(consumerId));
        }
    }

    Answer closeProducer(String personId, String producerId) {
        var person = people.get(personId);
        var track = person == null ? null : person.sent(producerId);
        if (track == null) {
            return MediaBridge.gone();
        }
        close(track);
        return new Done();
    }

    private void close(Sent track) {
        track.owner().sent.remove(track.role(), track);
        track.line().transport.close(track.producer());
        onCamera(track, false);
    }

    Answer watch(String personId, Watch request) {
        var person = people.get(personId);
        var track = person == null ? null : person.offered.get(request.consumerId());
        if (person == null || track == null) {
            return MediaBridge.gone();
        }
        if (request.spatialLayer() < 0 || request.spatialLayer() > MAX_SPATIAL_LAYER) {
            return MediaBridge.refused("spatialLayer is 0 to " + MAX_SPATIAL_LAYER);
        }
        track.isWatched = request.watching();
        track.spatialLayer = request.spatialLayer();
        apply(person, track);
        return new Done();
    }

    private void apply(PersonMedia person, Offered track) {
        boolean flows = person.gets(track);
        if (flows) {
            track.consumer.setPreferredLayers(
                    track.spatialLayer, ANY_TEMPORAL_LAYER, worker.nowNanos());
        }
        if (flows != track.isFlowing) {
            track.isFlowing = flows;
            if (flows) {
                track.consumer.resume(worker.nowNanos());
            } else {
                track.consumer.pause();
            }
        }
    }

    /// Answers before it repeats what was said last of floor, faces and layers.
    void state(String personId, Consumer<Answer> reply) {
        var person = people.get(personId);
        if (person == null) {
            reply.accept(new MediaState(List.of(), List.of(), List.of()));
            return;
        }
        reply.accept(
                new MediaState(
                        person.lines.values().stream().map(line -> line.id).toList(),
                        person.sent.values().stream().map(Sent::id).toList(),
                        person.offers()));
        sink.tell(personId, SignalContract.SPEAKER, new SpeakerChanged(speaker));
        sink.tell(personId, SignalContract.FACES, new FacesChosen(choice.of(personId)));
        for (var track : person.sent.values()) {
            int wanted = track.producer().layersWanted();
            if (wanted != Integer.MAX_VALUE) {
                tellLayers(personId, track.id(), wanted);
            }
        }
    }

    MediaReport.OfMeeting report(String meetingId) {
        long now = worker.nowNanos();
        return new MediaReport.OfMeeting(
                meetingId,
                people.values().stream().map(person -> MediaReport.of(person, now)).toList());
    }

    private void onSpeaker(String producerId) {
        speaker =
                people.values().stream()
                        .filter(person -> person.sent(producerId) != null)
                        .map(person -> person.id)
                        .findFirst()
                        .orElse(null);
        if (speaker != null) {
            choice.onSpeaker(speaker);
        }
        sink.tellAll(SignalContract.SPEAKER, new SpeakerChanged(speaker));
        chooseForAll();
    }

    private void onCamera(Sent track, boolean isThere) {
        if (track.role() == TrackRole.CAMERA) {
            choice.onCamera(track.owner().id, isThere);
            chooseForAll();
        }
    }

    private void chooseForAll() {
        people.values().forEach(this::choose);
    }

    private void choose(PersonMedia person) {
        var chosen = choice.of(person.id);
        var faces = chosen == null ? null : Set.copyOf(chosen);
        if (Objects.equals(faces, person.faces)) {
            return;
        }
        person.faces = faces;
        person.offered.values().forEach(track -> apply(person, track));
        sink.tell(person.id, SignalContract.FACES, new FacesChosen(chosen));
    }
}
