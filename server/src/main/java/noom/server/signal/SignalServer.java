// SPDX-License-Identifier: Apache-2.0
package noom.server.signal;

import static java.util.stream.Collectors.toUnmodifiableSet;

import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import noom.meeting.MeetingCommand.LinkLost;
import noom.meeting.MeetingConfig;
import noom.meeting.MeetingId;
import noom.meeting.Moment;
import noom.meeting.Participant;
import noom.server.limits.ClientAddress;
import noom.server.media.MediaBridge;
import noom.server.media.MediaPort;
import noom.server.meetings.MeetingDirectory;
import noom.server.meetings.Reply;
import noom.server.message.MessageCodec;
import noom.server.message.SignalContract.FromServer;
import noom.server.store.Journal;
import noom.socketio.Socket;
import noom.socketio.SocketIoServer;
import noom.socketio.vertx.SocketIoHandler;

/// Signalling: joins pages to meetings. Owns the Socket.IO server and the directory of meetings.
///
/// Shared: `pages` finds the page of a link for meeting loops; a page is put in before its socket
/// can ask anything and taken out after its last handler ran.
public final class SignalServer implements AutoCloseable {
    private final SocketIoServer io = new SocketIoServer(SignalLimits.config());
    private final ConcurrentHashMap<String, PageSession> pages = new ConcurrentHashMap<>();
    private final MeetingDirectory meetings;
    private final HomeBoard home;
    private final JoinHandlers joining;
    private final TalkHandlers talking;
    private final MediaBridge media;
    private final MediaHandlers forwarding;
    private final SocketIoHandler handler;

    /// @param random unpredictable: resume secrets and keys of transports come from it
    /// @param limits of media
    public SignalServer(
            Vertx vertx,
            Journal journal,
            MeetingConfig config,
            RandomGenerator random,
            Supplier<Moment> clock,
            IceServers iceServers,
            MediaPort port,
            MediaBridge.Limits limits) {
        this.meetings = new MeetingDirectory(config, journal, new MeetingBroadcaster(this), clock);
        this.home = new HomeBoard(vertx, io, journal, meetings);
        this.joining = new JoinHandlers(journal, meetings, random, iceServers);
        this.talking = new TalkHandlers(journal, meetings, this);
        this.media = new MediaBridge(port, limits, random, MediaHandlers.audience(this));
        this.forwarding = new MediaHandlers(media);
        io.onConnection(this::onConnection);
        this.handler = new SocketIoHandler(vertx, io).withSource(ClientAddress::of);
        // Whoever was inside when the process ended gets the usual grace to come back.
        journal.withPeopleInside().forEach(meetings::wake);
    }

    /// All meetings.
    public MeetingDirectory meetings() {
        return meetings;
    }

    /// What goes through the media router.
    public MediaBridge media() {
        return media;
    }

    /// The shown meetings changed.
    public void onCounts() {
        home.onChange();
    }

    /// Who is inside has changed, or something about them.
    void onPeople(MeetingId meeting, List<Participant> people) {
        onCounts();
        media.onPeople(meeting, people.stream().map(Participant::id).collect(toUnmodifiableSet()));
    }

    <T> void broadcast(MeetingId meeting, FromServer<T> contract, T message) {
        io.to(MeetingBroadcaster.room(meeting))
                .emit(contract.name(), MessageCodec.writeTree(message));
    }

    /// Socket.IO below its path, everything else there.
    public Handler<HttpServerRequest> orElse(Handler<HttpServerRequest> application) {
        return handler.orElse(application);
    }

    /// Server options that fit the limits of signalling.
    public HttpServerOptions serverOptions() {
        return SocketIoHandler.serverOptions(io.config());
    }

    /// The page of a link, while it is there.
    Optional<PageSession> page(String link) {
        return Optional.ofNullable(pages.get(link));
    }

    private void onConnection(Socket socket) {
        var page = new PageSession(socket);
        pages.put(page.link(), page);
        home.mount(page);
        joining.mount(page);
        talking.mount(page);
        forwarding.mount(page);
        socket.onDisconnect(
                _ -> {
                    pages.remove(page.link());
                    page.go()
                            .ifPresent(
                                    seat ->
                                            meetings.tell(
                                                    seat.meeting(),
                                                    new LinkLost(seat.personId(), page.link()),
                                                    Reply.NONE));
                });
    }

    /// Disconnects everybody and ends all meetings' loops; nothing is lost, all is in the journal.
    @Override
    public void close() {
        meetings.close();
        media.close();
        io.close();
    }
}
