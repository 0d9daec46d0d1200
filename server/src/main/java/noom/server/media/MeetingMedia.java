// SPDX-License-Identifier: Apache-2.0
package noom.server.media;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import noom.rtc.dtls.Fingerprint;
import noom.rtc.ice.IceCredentials;
import noom.server.media.PersonMedia.Line;
import noom.server.media.PersonMedia.Sent;
import noom.server.message.Answer;
import noom.server.message.Answer.Done;
import noom.server.message.Answer.IceRestarted;
import noom.server.message.Answer.MediaState;
import noom.server.message.Answer.Produced;
import noom.server.message.Answer.TransportOpened;
import noom.server.message.Media.ConnectTransport;
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
import noom.sfu.WebRtcTransport;
import noom.sfu.ortc.MediaKind;
import noom.sfu.ortc.RtpCapabilities;
import noom.sfu.ortc.RtpParameters;
import org.jspecify.annotations.Nullable;

/// One meeting's media: everybody is offered everybody else's tracks.
///
/// Owner: the media worker that is the meeting's home. All that send are there; who receives may be
/// on another worker, and is told there what to do, without waiting for it. What ends, ends
/// downwards: a person's line takes its tracks with it, and a track its offers to the others.
final class MeetingMedia {
    private final WorkerMedia home;
    private final MediaPort port;
    private final Placement placement;
    private final RandomGenerator random;
    private final Sink sink;
    private final FaceChoice choice;
    private final TrackOffers offers;
    private final Map<Integer, MeetingRouter> routers = new HashMap<>();
    private final Map<String, PersonMedia> people = new LinkedHashMap<>();
    private @Nullable String speaker;
    private long ids;

    /// What comes out.
    interface Sink {
        <T> void tell(String personId, FromServer<T> contract, T message);

        <T> void tellAll(FromServer<T> contract, T message);

        /// At home in a turn of its own, if the meeting's media is still there. Any worker may call
        /// it.
        void later(MeetingMedia of, Consumer<MeetingMedia> task);

        /// On another worker in a turn of its own, after what was given before.
        void at(int worker, Consumer<WorkerMedia> task);
    }

    MeetingMedia(
            WorkerMedia home,
            MediaPort port,
            Placement placement,
            int maxFaces,
            RandomGenerator random,
            Sink sink) {
        this.home = home;
        this.port = port;
        this.placement = placement;
        this.random = random;
        this.sink = sink;
        choice = new FaceChoice(maxFaces);
        offers = new TrackOffers(this::at, placement, sink);
    }

    boolean isEmpty() {
        return people.isEmpty();
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
                other.sent.values().forEach(track -> offers.offer(person, track, nextId("c")));
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
        boolean sends = direction == TransportDirection.SEND;
        int worker = sends ? home.index() : placement.receiver(home.index());
        var router = routers.computeIfAbsent(worker, this::router);
        var end = new TransportEnd(router, new FromEnd(person.id, id, worker));
        var line = new Line(id, direction, worker, end, capabilities);
        count(line, 1);
        at(worker, there -> end.open(there, credentials));
        return line;
    }

    private void count(Line line, int change) {
        placement.onTransports(line.worker, change);
        placement.onConsumers(line.worker, change * line.tracks.size());
        if (line.direction == TransportDirection.RECEIVE) {
            placement.onReceivers(line.worker, change);
        }
    }

    private MeetingRouter router(int worker) {
        return new MeetingRouter(worker == home.index() ? this::onSpeaker : _ -> {});
    }

    /// At once if it is here.
    private void at(int worker, Consumer<WorkerMedia> task) {
        if (worker == home.index()) {
            task.accept(home);
        } else {
            sink.at(worker, task);
        }
    }

    /// What a transport has to say, wherever it is.
    private final class FromEnd implements TransportEnd.News {
        private final String personId;
        private final String lineId;
        private final int worker;

        FromEnd(String personId, String lineId, int worker) {
            this.personId = personId;
            this.lineId = lineId;
            this.worker = worker;
        }

        /// Never within the call that it comes from.
        @Override
        public void onLost() {
            sink.later(MeetingMedia.this, media -> media.lose(personId, lineId));
        }

        @Override
        public void onConsumed(String consumerId, RtpParameters parameters) {
            atHome((person, line) -> offers.onConsumed(person, line, consumerId, parameters));
        }

        @Override
        public void onConsumerEnded(String consumerId) {
            atHome((person, line) -> offers.withdraw(person, line, consumerId));
        }

        /// At once if it is here; not at all if the line has been closed meanwhile.
        private void atHome(BiConsumer<PersonMedia, Line> task) {
            if (worker == home.index()) {
                run(task);
            } else {
                sink.later(MeetingMedia.this, _ -> run(task));
            }
        }

        private void run(BiConsumer<PersonMedia, Line> task) {
            var person = people.get(personId);
            var line = person == null ? null : person.line(lineId);
            if (person != null && line != null) {
                task.accept(person, line);
            }
        }
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
        person.offered.values().removeIf(track -> track.line.equals(line));
        count(line, -1);
        at(line.worker, line.end::close);
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
        if (line.remote == null && isTold(line, remote)) {
            line.remote = remote;
        }
        return remote.equals(line.remote)
                ? new Done()
                : MediaBridge.refused("somebody else was told before");
    }

    private boolean isTold(Line line, Fingerprint remote) {
        if (line.worker == home.index()) {
            return line.end.connect(remote);
        }
        at(line.worker, _ -> line.end.connect(remote));
        return true;
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
        at(line.worker, _ -> line.end.restartIce(credentials));
        return new IceRestarted(MediaPort.iceParameters(credentials));
    }

    /// Answers before it offers.
    void produce(String personId, Produce request, Consumer<Answer> reply) {
        var person = people.get(personId);
        var line = lineOf(personId, request.transportId());
        var transport = line == null ? null : line.end.transport();
        boolean sends = line != null && line.direction == TransportDirection.SEND;
        if (person == null || line == null || transport == null || !sends) {
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
                transport.produce(
                        id,
                        kindOf(request.role()),
                        parameters.get(),
                        person.cname,
                        layer -> tellLayers(personId, id, layer));
        switch (result) {
            case WebRtcTransport.ProduceResult.Refused(var reason, String at) ->
                    reply.accept(MediaBridge.refused(reason + " at " + at));
            case WebRtcTransport.ProduceResult.Created(var producer) -> {
                var link = producer.link(home.worker().mailbox());
                var track = new Sent(id, person, request.role(), line, producer, link);
                person.sent.put(request.role(), track);
                reply.accept(new Produced(id));
                onCamera(track, true);
                people.values().forEach(other -> offers.offer(other, track, nextId("c")));
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
        var transport = track.line().end.transport();
        if (transport != null) {
            transport.close(track.producer());
        }
        onCamera(track, false);
    }

    Answer watch(String personId, Watch request) {
        var person = people.get(personId);
        return person == null ? MediaBridge.gone() : offers.watch(person, request);
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

    /// @param ends all transports, of all workers
    MediaReport.OfMeeting report(String meetingId, Map<TransportEnd, TransportEnd.Report> ends) {
        long now = home.worker().nowNanos();
        return new MediaReport.OfMeeting(
                meetingId,
                home.index(),
                people.values().stream().map(person -> MediaReport.of(person, ends, now)).toList());
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
        person.offered.values().forEach(track -> offers.apply(person, track));
        sink.tell(person.id, SignalContract.FACES, new FacesChosen(chosen));
    }
}
