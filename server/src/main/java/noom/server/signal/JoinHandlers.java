// SPDX-License-Identifier: Apache-2.0
package noom.server.signal;

import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import noom.meeting.MeetingCommand.Join;
import noom.meeting.MeetingCommand.Leave;
import noom.meeting.MeetingCommand.LinkLost;
import noom.meeting.MeetingCommand.Rename;
import noom.meeting.MeetingId;
import noom.meeting.MeetingResult;
import noom.meeting.MeetingResult.Admitted;
import noom.server.meetings.MeetingDirectory;
import noom.server.meetings.Reply;
import noom.server.message.Answer.History;
import noom.server.message.Answer.Joined;
import noom.server.message.IceServer;
import noom.server.message.MeetingInfo;
import noom.server.message.RefusalCode;
import noom.server.message.Requests.JoinRequest;
import noom.server.message.SignalContract;
import noom.server.signal.PageSession.Pace;
import noom.server.signal.PageSession.Seat;
import noom.server.store.Journal;
import noom.server.store.MeetingRecord;
import noom.socketio.EventArguments;

/// Coming in, coming back, going.
final class JoinHandlers {
    /// Events that a first-time visitor gets with the answer.
    static final int FIRST_PAGE = 100;

    /// Events per answer for one who comes back.
    static final int NEXT_PAGE = 500;

    private final Journal journal;
    private final MeetingDirectory meetings;
    private final RandomGenerator random;
    private final IceServers iceServers;

    JoinHandlers(
            Journal journal,
            MeetingDirectory meetings,
            RandomGenerator random,
            IceServers iceServers) {
        this.journal = journal;
        this.meetings = meetings;
        this.random = random;
        this.iceServers = iceServers;
    }

    void mount(PageSession page) {
        page.on(SignalContract.JOIN, Pace.ORDINARY, (join, event) -> join(page, join, event));
        page.onSeated(
                SignalContract.LEAVE, Pace.ORDINARY, (seat, _, event) -> leave(page, seat, event));
        page.onSeated(
                SignalContract.RENAME,
                Pace.ORDINARY,
                (seat, rename, event) ->
                        meetings.tell(
                                seat.meeting(),
                                new Rename(seat.personId(), rename.name()),
                                new AckReply(event)));
    }

    private void join(PageSession page, JoinRequest request, EventArguments event) {
        var meeting = MeetingId.parse(request.meetingId()).flatMap(journal::find);
        if (meeting.isEmpty()) {
            PageSession.refuse(event, RefusalCode.UNKNOWN_MEETING, "no such meeting");
            return;
        }
        var id = meeting.get().id();
        if (page.seat().filter(seat -> !seat.meeting().equals(id)).isPresent()) {
            PageSession.refuse(event, RefusalCode.BAD_REQUEST, "leave the other meeting first");
            return;
        }
        String secret =
                Optional.ofNullable(request.resumeSecret())
                        .filter(ResumeSecret::isPlausible)
                        .orElseGet(() -> ResumeSecret.random(random));
        var command =
                new Join(
                        page.link(),
                        request.name(),
                        ResumeSecret.keyOf(secret),
                        Wire.devices(request.devices()));
        meetings.tell(id, command, new JoinReply(page, meeting.get(), request, secret, event));
    }

    private void leave(PageSession page, Seat seat, EventArguments event) {
        page.stand(seat);
        page.socket().leave(MeetingBroadcaster.room(seat.meeting()));
        meetings.tell(seat.meeting(), new Leave(seat.personId()), new AckReply(event));
    }

    /// Seats the page and hands it everything it needs, on the meeting's loop: what happens next in
    /// the meeting is said after this, so the page misses nothing in between.
    private final class JoinReply implements Reply {
        private final PageSession page;
        private final MeetingRecord meeting;
        private final JoinRequest request;
        private final String secret;
        private final EventArguments event;

        private JoinReply(
                PageSession page,
                MeetingRecord meeting,
                JoinRequest request,
                String secret,
                EventArguments event) {
            this.page = page;
            this.meeting = meeting;
            this.request = request;
            this.secret = secret;
            this.event = event;
        }

        @Override
        public void onResult(MeetingResult result, View view) {
            if (!(result instanceof Admitted(String personId, _))) {
                new AckReply(event).onResult(result, view);
                return;
            }
            var seat = new Seat(meeting.id(), personId);
            if (!page.sit(seat)) {
                meetings.tell(meeting.id(), new LinkLost(personId, page.link()), Reply.NONE);
                return;
            }
            page.socket().join(MeetingBroadcaster.room(meeting.id()));
            PageSession.answer(
                    event,
                    new Joined(
                            new MeetingInfo(
                                    meeting.id().value(), meeting.title(), meeting.listed()),
                            personId,
                            secret,
                            view.people().stream().map(Wire::person).toList(),
                            history(view.lastSeq()),
                            iceServers()));
        }

        @Override
        public void onNotKept() {
            new AckReply(event).onNotKept();
        }

        private History history(long upToSeq) {
            Long last = request.lastSeq();
            if (last == null) {
                var events = journal.readBefore(meeting.id(), upToSeq + 1, FIRST_PAGE);
                return new History(
                        Wire.events(events), !events.isEmpty() && events.getFirst().seq() > 1);
            }
            var events = journal.readAfter(meeting.id(), last, upToSeq, NEXT_PAGE);
            return new History(
                    Wire.events(events), !events.isEmpty() && events.getLast().seq() < upToSeq);
        }

        private List<IceServer> iceServers() {
            return iceServers.forHost(page.socket().handshake().header("host").orElse(""));
        }
    }
}
