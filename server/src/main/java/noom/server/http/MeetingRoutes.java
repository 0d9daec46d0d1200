// SPDX-License-Identifier: Apache-2.0
package noom.server.http;

import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BodyHandler;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.random.RandomGenerator;
import noom.meeting.Label;
import noom.meeting.MeetingCommand;
import noom.meeting.MeetingCommand.LeaveByKey;
import noom.meeting.MeetingId;
import noom.meeting.MeetingResult;
import noom.meeting.Participant;
import noom.server.limits.ClientAddress;
import noom.server.limits.SourceLimit;
import noom.server.meetings.MeetingDirectory;
import noom.server.meetings.Reply;
import noom.server.message.Answer.Refused;
import noom.server.message.CreateMeeting;
import noom.server.message.LeaveMeeting;
import noom.server.message.MeetingInfo;
import noom.server.message.MeetingPreview;
import noom.server.message.RefusalCode;
import noom.server.signal.ResumeSecret;
import noom.server.store.Journal;
import noom.server.store.MeetingRecord;
import noom.server.store.StoreException;

/// `/api/meetings`: make one, look at one, leave one while the page closes.
///
/// Handlers run on virtual threads, because the journal blocks.
public final class MeetingRoutes {
    private static final System.Logger LOG = System.getLogger("noom.http");
    private static final int MAX_BODY_BYTES = 16_384;

    private final Journal journal;
    private final MeetingDirectory meetings;
    private final RandomGenerator random;
    private final int seats;
    private final Runnable onListed;
    private final SourceLimit makeLimit = new SourceLimit(1, 20);
    private final SourceLimit lookLimit = new SourceLimit(20, 100);

    /// @param random unpredictable: ids of meetings come from it
    /// @param onListed called when a meeting for the home page was made
    public MeetingRoutes(
            Journal journal,
            MeetingDirectory meetings,
            RandomGenerator random,
            int seats,
            Runnable onListed) {
        this.journal = journal;
        this.meetings = meetings;
        this.random = random;
        this.seats = seats;
        this.onListed = onListed;
    }

    /// Adds the routes.
    public void mount(Router router) {
        router.route("/api/*").failureHandler(MeetingRoutes::failed);
        var body = BodyHandler.create(false).setBodyLimit(MAX_BODY_BYTES);
        router.post("/api/meetings").handler(body).handler(blocking(this::make));
        router.post("/api/meetings/:id/leave").handler(body).handler(blocking(this::leave));
        router.get("/api/meetings/named/:title").handler(blocking(this::lookByName));
        router.get("/api/meetings/:id").handler(blocking(this::look));
        router.route("/api/*")
                .handler(
                        context ->
                                Json.refuse(
                                        context,
                                        404,
                                        new Refused(RefusalCode.BAD_REQUEST, "no such route")));
    }

    /// What Vert.x refuses by itself, a body over the limit for example, or what broke in a
    /// handler.
    private static void failed(RoutingContext context) {
        int status = context.statusCode() < 0 ? 500 : context.statusCode();
        if (status >= 500) {
            LOG.log(System.Logger.Level.ERROR, "request failed", context.failure());
        }
        String reason = context.response().setStatusCode(status).getStatusMessage();
        Json.refuse(context, status, new Refused(RefusalCode.BAD_REQUEST, reason));
    }

    private interface Handling {
        void handle(RoutingContext context);
    }

    private static io.vertx.core.Handler<RoutingContext> blocking(Handling handling) {
        return context ->
                Thread.ofVirtual().name("noom-http").start(() -> handleOrRefuse(handling, context));
    }

    private static void handleOrRefuse(Handling handling, RoutingContext context) {
        try {
            handling.handle(context);
        } catch (StoreException e) {
            LOG.log(System.Logger.Level.WARNING, "no journal", e);
            Json.refuse(context, 503, new Refused(RefusalCode.NOT_SAVED, "the journal fails"));
        } catch (RuntimeException e) {
            context.fail(500, e);
        }
    }

    private boolean isTooFast(RoutingContext context, SourceLimit limit) {
        if (limit.tryTake(ClientAddress.of(context.request()), System.nanoTime())) {
            return false;
        }
        context.response().putHeader("retry-after", "1");
        Json.refuse(context, 429, new Refused(RefusalCode.TOO_FAST, "try again in a second"));
        return true;
    }

    private void make(RoutingContext context) {
        if (!isTooFast(context, makeLimit)) {
            Json.withBody(context, CreateMeeting.class, wanted -> make(context, wanted));
        }
    }

    private void make(RoutingContext context, CreateMeeting wanted) {
        var title = Label.title(wanted.title());
        if (title.isEmpty() || (wanted.listed() && title.get().isEmpty())) {
            Json.refuse(
                    context,
                    400,
                    new Refused(
                            RefusalCode.BAD_NAME,
                            "a title has at most "
                                    + Label.MAX_TITLE_CLUSTERS
                                    + " characters, and a shown meeting has one"));
            return;
        }
        var meeting =
                new MeetingRecord(
                        MeetingId.random(random),
                        title.get(),
                        wanted.listed(),
                        System.currentTimeMillis());
        try {
            journal.create(meeting).join();
        } catch (java.util.concurrent.CompletionException e) {
            Json.refuse(context, 503, new Refused(RefusalCode.NOT_SAVED, "the journal fails"));
            return;
        }
        if (meeting.listed()) {
            onListed.run();
        }
        Json.send(
                context,
                201,
                new MeetingInfo(meeting.id().value(), meeting.title(), meeting.listed()));
    }

    private static String parameter(RoutingContext context, String name) {
        String value = context.pathParam(name);
        return value == null ? "" : value;
    }

    private void look(RoutingContext context) {
        if (!isTooFast(context, lookLimit)) {
            preview(context, MeetingId.parse(parameter(context, "id")).flatMap(journal::find));
        }
    }

    private void lookByName(RoutingContext context) {
        if (!isTooFast(context, lookLimit)) {
            preview(
                    context,
                    Label.title(parameter(context, "title"))
                            .filter(title -> !title.isEmpty())
                            .flatMap(journal::findListed));
        }
    }

    private void preview(RoutingContext context, Optional<MeetingRecord> found) {
        if (found.isEmpty()) {
            Json.refuse(context, 404, new Refused(RefusalCode.UNKNOWN_MEETING, "no such meeting"));
            return;
        }
        var meeting = found.get();
        var names = meetings.people(meeting.id()).stream().map(Participant::name).toList();
        Json.send(
                context,
                200,
                new MeetingPreview(
                        meeting.id().value(), meeting.title(), meeting.listed(), names, seats));
    }

    private void leave(RoutingContext context) {
        Json.withBody(
                context,
                LeaveMeeting.class,
                goodbye -> {
                    // The same answer whether or not this was anybody's secret.
                    boolean kept =
                            MeetingId.parse(parameter(context, "id"))
                                    .filter(id -> journal.find(id).isPresent())
                                    .map(id -> isKept(id, byKey(goodbye)))
                                    .orElse(true);
                    if (kept) {
                        var _ = context.response().setStatusCode(204).end();
                    } else {
                        Json.refuse(
                                context,
                                503,
                                new Refused(RefusalCode.NOT_SAVED, "the journal fails"));
                    }
                });
    }

    private static LeaveByKey byKey(LeaveMeeting goodbye) {
        return new LeaveByKey(ResumeSecret.keyOf(goodbye.resumeSecret()));
    }

    /// Waits until the meeting has kept a command, so that who asks next sees what it did.
    private boolean isKept(MeetingId id, MeetingCommand command) {
        var kept = new CompletableFuture<Boolean>();
        meetings.tell(
                id,
                command,
                new Reply() {
                    @Override
                    public void onResult(MeetingResult result, View view) {
                        kept.complete(true);
                    }

                    @Override
                    public void onNotKept() {
                        kept.complete(false);
                    }
                });
        return kept.join();
    }
}
