// SPDX-License-Identifier: Apache-2.0
package noom.server.media;

import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import noom.meeting.MeetingId;
import noom.rtc.srtp.SrtpContext;
import noom.server.message.Answer;
import noom.server.message.Answer.Done;
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
import noom.sfu.worker.WorkerReport;
import org.jspecify.annotations.Nullable;

/// What meetings want of the media router, and what it has to say to their pages.
///
/// Any thread may ask. A meeting's media has a home, the worker that had the fewest transports when
/// it began; every request is a task of that one's. What comes of it leaves on one thread of its
/// own, in the order in which it happened: an answer before what follows from it.
public final class MediaBridge implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger("noom.media");
    private static final int NO_HOME = -1;

    private final MediaPort port;
    private final int maxFaces;
    private final RandomGenerator random;
    private final MediaAudience audience;
    private final Placement placement;
    private final ExecutorService news =
            Executors.newSingleThreadExecutor(Thread.ofVirtual().name("noom-media-news").factory());
    private final Answer capabilities =
            new MediaCapabilities(RtpJson.write(RouterCapabilities.STANDARD));

    /// Who is in any meeting, and where its home is; it stays as long as anybody does.
    private final ConcurrentMap<MeetingId, Seats> seats = new ConcurrentHashMap<>();

    /// Each is its worker's.
    private final @Nullable WorkerMedia[] places;

    private record Seats(Set<String> people, int home) {}

    /// Whose request it is.
    public record Asker(MeetingId meeting, String personId) {}

    /// Bounds of what one server does.
    ///
    /// @param maxFaces cameras that one receiver gets at once, at least 1
    /// @param spreadConsumers tracks that a meeting's home sends before other workers help it
    public record Limits(int maxFaces, int spreadConsumers) {}

    /// @param random unpredictable; used by all media workers
    public MediaBridge(
            MediaPort port, Limits limits, RandomGenerator random, MediaAudience audience) {
        this.port = port;
        maxFaces = limits.maxFaces();
        this.random = random;
        this.audience = audience;
        places = new WorkerMedia[port.sfu().workerCount()];
        placement = new Placement(places.length, limits.spreadConsumers());
    }

    /// Who is in a meeting now: others lose what they have there. One thread at a time tells it of
    /// one meeting.
    public void onPeople(MeetingId meeting, Set<String> personIds) {
        int home = seat(meeting, personIds);
        if (home != NO_HOME) {
            onWorker(
                    home,
                    at -> {
                        var media = at.meetings().get(meeting);
                        if (media != null) {
                            media.keepOnly(personIds);
                            forgetIfEmpty(media, at);
                        }
                    });
        }
    }

    /// The home that the meeting has or had.
    private int seat(MeetingId meeting, Set<String> personIds) {
        int[] home = {NO_HOME};
        seats.compute(
                meeting,
                (_, now) -> {
                    home[0] = now == null ? NO_HOME : now.home();
                    return personIds.isEmpty() ? null : new Seats(personIds, home[0]);
                });
        return home[0];
    }

    private int homeOf(MeetingId meeting) {
        var now = seats.get(meeting);
        return now == null ? NO_HOME : now.home();
    }

    /// The home that the meeting has, or has from now on.
    private int homeToBe(MeetingId meeting) {
        var now =
                seats.computeIfPresent(
                        meeting,
                        (_, it) ->
                                it.home() == NO_HOME
                                        ? new Seats(it.people(), placement.home())
                                        : it);
        return now == null ? NO_HOME : now.home();
    }

    /// Whether somebody is in a meeting whose home this is. Asked there, so that who leaves loses
    /// what they opened: what tells of it comes later.
    private boolean isSeated(Asker asker, WorkerMedia at) {
        var now = seats.get(asker.meeting());
        return now != null && now.home() == at.index() && now.people().contains(asker.personId());
    }

    /// What the router takes and gives.
    public Answer capabilities() {
        return capabilities;
    }

    /// A page wants a transport; offers follow the answer.
    public void open(Asker asker, OpenTransport request, Consumer<Answer> reply) {
        var stranger = new Refused(RefusalCode.NOT_IN_MEETING, "join first");
        int home = homeToBe(asker.meeting());
        if (home == NO_HOME) {
            say(reply, stranger);
            return;
        }
        onWorker(
                home,
                reply,
                at -> {
                    if (!isSeated(asker, at)) {
                        say(reply, stranger);
                        return;
                    }
                    var media = at.meetings().computeIfAbsent(asker.meeting(), id -> begin(id, at));
                    media.open(asker.personId(), request, answer -> say(reply, answer));
                    forgetIfEmpty(media, at);
                });
    }

    private MeetingMedia begin(MeetingId meeting, WorkerMedia at) {
        var sink = new FromMeeting(meeting, at.index());
        return new MeetingMedia(at, port, placement, maxFaces, random, sink);
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
        with(
                asker,
                reply,
                new Done(),
                media -> {
                    media.close(asker.personId(), request.transportId());
                    say(reply, new Done());
                });
    }

    /// A page begins to send a track; the others are offered it after the answer.
    public void produce(Asker asker, Produce request, Consumer<Answer> reply) {
        with(
                asker,
                reply,
                gone(),
                media -> media.produce(asker.personId(), request, answer -> say(reply, answer)));
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
        with(
                asker,
                reply,
                new MediaState(List.of(), List.of(), List.of()),
                media -> media.state(asker.personId(), answer -> say(reply, answer)));
    }

    private interface Asking {
        Answer answer(MeetingMedia media);
    }

    private void inside(Asker asker, Consumer<Answer> reply, Asking asking) {
        with(asker, reply, gone(), media -> say(reply, asking.answer(media)));
    }

    /// @param otherwise what is answered if the meeting has no media
    private void with(
            Asker asker, Consumer<Answer> reply, Answer otherwise, Consumer<MeetingMedia> task) {
        int home = homeOf(asker.meeting());
        if (home == NO_HOME) {
            say(reply, otherwise);
            return;
        }
        onWorker(
                home,
                reply,
                at -> {
                    var media = at.meetings().get(asker.meeting());
                    if (media == null) {
                        say(reply, otherwise);
                    } else {
                        task.accept(media);
                        forgetIfEmpty(media, at);
                    }
                });
    }

    /// Everything there is, for the eyes of an operator. What homes had told other workers before
    /// they were asked has happened there.
    public CompletionStage<MediaReport> report() {
        return ofAll(WorkerMedia::reports)
                .thenCompose(
                        parts -> {
                            var ends = new HashMap<TransportEnd, TransportEnd.Report>();
                            parts.forEach(ends::putAll);
                            return ofAll(at -> at.report(ends))
                                    .thenCombine(port.sfu().report(), this::report);
                        });
    }

    private MediaReport report(
            List<List<MediaReport.OfMeeting>> meetings, List<WorkerReport> workers) {
        return new MediaReport(
                meetings.stream().flatMap(List::stream).toList(),
                workers,
                handshakes(),
                SrtpContext.aesGcm());
    }

    private <T> CompletionStage<List<T>> ofAll(Function<WorkerMedia, T> question) {
        var answers = new ArrayList<CompletableFuture<T>>();
        for (int i = 0; i < places.length; i++) {
            int index = i;
            answers.add(
                    port.sfu()
                            .ask(index, worker -> question.apply(place(index, worker)))
                            .toCompletableFuture());
        }
        return CompletableFuture.allOf(answers.toArray(CompletableFuture[]::new))
                .thenApply(_ -> answers.stream().map(CompletableFuture::join).toList());
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

    private static void forgetIfEmpty(MeetingMedia media, WorkerMedia at) {
        if (media.isEmpty()) {
            at.meetings().values().remove(media);
        }
    }

    private WorkerMedia place(int index, MediaWorker worker) {
        var place = places[index];
        if (place == null) {
            place = new WorkerMedia(worker, index);
            places[index] = place;
        }
        return place;
    }

    private void onWorker(int index, Consumer<Answer> reply, Consumer<WorkerMedia> task) {
        onWorker(index, task)
                .whenComplete(
                        (_, failure) -> {
                            if (failure != null) {
                                say(reply, gone());
                            }
                        });
    }

    private CompletionStage<Boolean> onWorker(int index, Consumer<WorkerMedia> task) {
        return asked(index, task)
                .whenComplete(
                        (_, failure) -> {
                            if (failure != null) {
                                LOG.log(Level.ERROR, "a media request failed", failure);
                            }
                        });
    }

    private CompletionStage<Boolean> asked(int index, Consumer<WorkerMedia> task) {
        try {
            return port.sfu()
                    .ask(
                            index,
                            worker -> {
                                task.accept(place(index, worker));
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
        private final int home;

        FromMeeting(MeetingId meeting, int home) {
            this.meeting = meeting;
            this.home = home;
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
        public void later(MeetingMedia of, Consumer<MeetingMedia> task) {
            onWorker(
                    home,
                    at -> {
                        var media = at.meetings().get(meeting);
                        if (media == of) {
                            task.accept(media);
                            forgetIfEmpty(media, at);
                        }
                    });
        }

        @Override
        public void at(int worker, Consumer<WorkerMedia> task) {
            onWorker(worker, task);
        }
    }

    /// Says no more; the port is its owner's to close.
    @Override
    public void close() {
        news.shutdownNow();
    }
}
