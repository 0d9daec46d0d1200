// SPDX-License-Identifier: Apache-2.0
package noom.server.media;

import java.lang.System.Logger.Level;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import noom.meeting.MeetingId;
import noom.server.message.Answer;
import noom.server.message.Answer.MediaCapabilities;
import noom.server.message.Answer.MediaState;
import noom.server.message.Answer.Refused;
import noom.server.message.Media.ConnectTransport;
import noom.server.message.Media.OpenTransport;
import noom.server.message.Media.Produce;
import noom.server.message.Media.ProducerRef;
import noom.server.message.Media.TransportRef;
import noom.server.message.Media.Watch;
import noom.server.message.RefusalCode;
import noom.server.message.SignalContract.FromServer;
import noom.sfu.ortc.RouterCapabilities;
import noom.sfu.worker.MediaWorker;

/// What meetings want of the media router, and what it has to say to their pages.
///
/// Any thread may ask. Who is in which meeting's media is the media worker's to know, so every
/// request is a task of its; what comes of it leaves on one thread of its own, in the order in
/// which it happened: an answer before what follows from it.
public final class MediaBridge implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger("noom.media");

    private final MediaPort port;
    private final int maxFaces;
    private final RandomGenerator random;
    private final MediaAudience audience;
    private final ExecutorService news =
            Executors.newSingleThreadExecutor(Thread.ofVirtual().name("noom-media-news").factory());
    private final Answer capabilities =
            new MediaCapabilities(RtpJson.write(RouterCapabilities.STANDARD));

    /// The media worker's: meetings that go through the router.
    private final Map<MeetingId, MeetingMedia> meetings = new HashMap<>();

    /// The media worker's: who is in any meeting. Who has left opens nothing that nobody would
    // close.
    private final Map<MeetingId, Set<String>> present = new HashMap<>();

    /// Whose request it is.
    public record Asker(MeetingId meeting, String personId) {}

    /// @param maxFaces cameras that one receiver gets at once, at least 1
    /// @param random unpredictable; used on the media worker's loop only
    public MediaBridge(
            MediaPort port, int maxFaces, RandomGenerator random, MediaAudience audience) {
        this.port = port;
        this.maxFaces = maxFaces;
        this.random = random;
        this.audience = audience;
    }

    /// Who is in a meeting now: others lose what they have there.
    public void onPeople(MeetingId meeting, Set<String> personIds) {
        onWorker(
                worker -> {
                    if (personIds.isEmpty()) {
                        present.remove(meeting);
                    } else {
                        present.put(meeting, personIds);
                    }
                    var media = meetings.get(meeting);
                    if (media != null) {
                        media.keepOnly(personIds);
                        forgetIfEmpty(media, worker);
                    }
                });
    }

    /// What the router takes and gives.
    public Answer capabilities() {
        return capabilities;
    }

    /// A page wants a transport; offers follow the answer.
    public void open(Asker asker, OpenTransport request, Consumer<Answer> reply) {
        onWorker(
                reply,
                worker -> {
                    if (!present.getOrDefault(asker.meeting(), Set.of())
                            .contains(asker.personId())) {
                        say(reply, new Refused(RefusalCode.NOT_IN_MEETING, "join first"));
                        return;
                    }
                    var media = meetings.computeIfAbsent(asker.meeting(), id -> begin(id, worker));
                    media.open(asker.personId(), request, answer -> say(reply, answer));
                    forgetIfEmpty(media, worker);
                });
    }

    private MeetingMedia begin(MeetingId meeting, MediaWorker worker) {
        return new MeetingMedia(worker, port, maxFaces, random, new FromMeeting(meeting));
    }

    /// A page tells who will connect.
    public void connect(Asker asker, ConnectTransport request, Consumer<Answer> reply) {
        inside(asker, reply, media -> media.connect(asker.personId(), request));
    }

    /// A page wants to be reached on another path.
    public void restartIce(Asker asker, TransportRef request, Consumer<Answer> reply) {
        inside(asker, reply, media -> media.restartIce(asker.personId(), request.transportId()));
    }

    /// A page has done with a transport.
    public void close(Asker asker, TransportRef request, Consumer<Answer> reply) {
        onWorker(
                reply,
                worker -> {
                    var media = meetings.get(asker.meeting());
                    if (media != null) {
                        media.close(asker.personId(), request.transportId());
                        forgetIfEmpty(media, worker);
                    }
                    say(reply, new Answer.Done());
                });
    }

    /// A page begins to send a track; the others are offered it after the answer.
    public void produce(Asker asker, Produce request, Consumer<Answer> reply) {
        onWorker(
                reply,
                _ -> {
                    var media = meetings.get(asker.meeting());
                    if (media == null) {
                        say(reply, gone());
                    } else {
                        media.produce(asker.personId(), request, answer -> say(reply, answer));
                    }
                });
    }

    /// A page stops sending one.
    public void closeProducer(Asker asker, ProducerRef request, Consumer<Answer> reply) {
        inside(asker, reply, media -> media.closeProducer(asker.personId(), request.producerId()));
    }

    /// A page says what it wants of an offered track.
    public void watch(Asker asker, Watch request, Consumer<Answer> reply) {
        inside(asker, reply, media -> media.watch(asker.personId(), request));
    }

    /// A page that was away wants to know what it still has; what it may have missed follows.
    public void state(Asker asker, Consumer<Answer> reply) {
        onWorker(
                reply,
                _ -> {
                    var media = meetings.get(asker.meeting());
                    if (media == null) {
                        say(reply, new MediaState(List.of(), List.of(), List.of()));
                    } else {
                        media.state(asker.personId(), answer -> say(reply, answer));
                    }
                });
    }

    /// Everything there is, for the eyes of an operator.
    public CompletionStage<MediaReport> report() {
        return port.sfu()
                .ask(
                        0,
                        _ ->
                                meetings.entrySet().stream()
                                        .map(it -> it.getValue().report(it.getKey().value()))
                                        .toList())
                .thenCombine(
                        port.sfu().report(),
                        (inMeetings, workers) ->
                                new MediaReport(inMeetings, workers, handshakes()));
    }

    private MediaReport.OfDtls handshakes() {
        var dtls = port.dtls();
        return new MediaReport.OfDtls(
                dtls.runningCount(), dtls.waitingCount(), dtls.refusedCount());
    }

    static Answer refused(String why) {
        return new Refused(RefusalCode.MEDIA_REFUSED, why);
    }

    static Answer gone() {
        return new Refused(RefusalCode.MEDIA_GONE, "there is no such transport or track any more");
    }

    private void forgetIfEmpty(MeetingMedia media, MediaWorker worker) {
        if (media.isEmpty()) {
            media.end(worker);
            meetings.values().remove(media);
        }
    }

    private interface Asking {
        Answer answer(MeetingMedia media);
    }

    private void inside(Asker asker, Consumer<Answer> reply, Asking asking) {
        onWorker(
                reply,
                _ -> {
                    var media = meetings.get(asker.meeting());
                    say(reply, media == null ? gone() : asking.answer(media));
                });
    }

    private void onWorker(Consumer<Answer> reply, Consumer<MediaWorker> task) {
        onWorker(task)
                .whenComplete(
                        (_, failure) -> {
                            if (failure != null) {
                                say(reply, gone());
                            }
                        });
    }

    private CompletionStage<Boolean> onWorker(Consumer<MediaWorker> task) {
        return asked(task)
                .whenComplete(
                        (_, failure) -> {
                            if (failure != null) {
                                LOG.log(Level.ERROR, "a media request failed", failure);
                            }
                        });
    }

    private CompletionStage<Boolean> asked(Consumer<MediaWorker> task) {
        try {
            return port.sfu()
                    .ask(
                            0,
                            worker -> {
                                task.accept(worker);
                                return true;
                            });
        } catch (RejectedExecutionException _) {
            return CompletableFuture.completedStage(false); // the server stops
        }
    }

    private void say(Consumer<Answer> reply, Answer answer) {
        tell(() -> reply.accept(answer));
    }

    private void tell(Runnable telling) {
        try {
            news.execute(telling);
        } catch (RejectedExecutionException _) {
            LOG.log(Level.DEBUG, "the server stops: nobody is told any more");
        }
    }

    /// What a meeting's media has to say, and what it wants done in a later turn.
    private final class FromMeeting implements MeetingMedia.Sink {
        private final MeetingId meeting;

        FromMeeting(MeetingId meeting) {
            this.meeting = meeting;
        }

        @Override
        public <T> void tell(String personId, FromServer<T> contract, T message) {
            MediaBridge.this.tell(() -> audience.tell(meeting, personId, contract, message));
        }

        @Override
        public <T> void tellAll(FromServer<T> contract, T message) {
            MediaBridge.this.tell(() -> audience.tellAll(meeting, contract, message));
        }

        @Override
        public void later(Consumer<MeetingMedia> task) {
            onWorker(
                    worker -> {
                        var media = meetings.get(meeting);
                        if (media != null) {
                            task.accept(media);
                            forgetIfEmpty(media, worker);
                        }
                    });
        }
    }

    /// Says no more; the port is its owner's to close.
    @Override
    public void close() {
        news.shutdownNow();
    }
}
