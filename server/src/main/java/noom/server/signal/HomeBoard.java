// SPDX-License-Identifier: Apache-2.0
package noom.server.signal;

import io.vertx.core.Vertx;
import java.util.Comparator;
import java.util.List;
import noom.meeting.MeetingId;
import noom.server.meetings.MeetingDirectory;
import noom.server.message.Answer.Done;
import noom.server.message.ListedMeetings;
import noom.server.message.ListedMeetings.ListedMeeting;
import noom.server.message.MessageCodec;
import noom.server.message.SignalContract;
import noom.server.signal.PageSession.Pace;
import noom.server.store.Journal;
import noom.server.store.StoreException;
import noom.socketio.SocketIoServer;

/// Keeps the home page's list of shown meetings current.
///
/// Changes within [#GATHER_MILLIS] go out as one.
final class HomeBoard {
    private static final String ROOM = "home";
    private static final int MAX_SHOWN = 50;
    private static final int MAX_NEWEST = 500;
    private static final int GATHER_MILLIS = 150;

    private final SocketIoServer io;
    private final Journal journal;
    private final MeetingDirectory meetings;
    private final Gathering changes;

    HomeBoard(Vertx vertx, SocketIoServer io, Journal journal, MeetingDirectory meetings) {
        this.io = io;
        this.journal = journal;
        this.meetings = meetings;
        this.changes = new Gathering(task -> onThreadLater(vertx, task), this::announce);
    }

    private static void onThreadLater(Vertx vertx, Runnable task) {
        vertx.setTimer(GATHER_MILLIS, _ -> Thread.ofVirtual().name("noom-home").start(task));
    }

    void mount(PageSession page) {
        page.on(
                SignalContract.WATCH_HOME,
                Pace.ORDINARY,
                (_, event) -> {
                    page.socket().join(ROOM);
                    PageSession.answer(event, new Done());
                    page.send(SignalContract.HOME, current());
                });
    }

    /// Something on the list may have changed; any thread.
    void onChange() {
        changes.onOccasion();
    }

    private void announce() {
        try {
            io.to(ROOM).emit(SignalContract.HOME.name(), MessageCodec.writeTree(current()));
        } catch (StoreException e) {
            System.getLogger("noom.home")
                    .log(System.Logger.Level.WARNING, "the list cannot be read", e);
        }
    }

    private ListedMeetings current() {
        List<ListedMeeting> shown =
                journal.listed(MAX_NEWEST).stream()
                        .map(
                                meeting ->
                                        new ListedMeeting(
                                                meeting.id().value(),
                                                meeting.title(),
                                                count(meeting.id()),
                                                meeting.createdAtMillis()))
                        .sorted(
                                Comparator.comparingInt(ListedMeeting::peopleCount)
                                        .thenComparingLong(ListedMeeting::createdAtMillis)
                                        .reversed())
                        .limit(MAX_SHOWN)
                        .toList();
        return new ListedMeetings(shown);
    }

    private int count(MeetingId id) {
        return meetings.people(id).size();
    }
}
