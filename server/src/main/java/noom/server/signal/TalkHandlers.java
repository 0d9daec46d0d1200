// SPDX-License-Identifier: Apache-2.0
package noom.server.signal;

import java.util.Optional;
import noom.meeting.MeetingCommand.SendChat;
import noom.meeting.MeetingCommand.SetDevices;
import noom.meeting.Participant;
import noom.server.meetings.MeetingDirectory;
import noom.server.message.Answer.Done;
import noom.server.message.Answer.History;
import noom.server.message.RefusalCode;
import noom.server.message.Requests.HistoryRequest;
import noom.server.message.Requests.SendSignal;
import noom.server.message.Requests.SignalReceived;
import noom.server.message.Signal;
import noom.server.message.SignalContract;
import noom.server.signal.PageSession.Pace;
import noom.server.signal.PageSession.Seat;
import noom.server.store.Journal;
import noom.socketio.EventArguments;

/// What seated people tell one another: messages, devices, and how to connect directly.
final class TalkHandlers {
    /// Longest session description, in characters.
    static final int MAX_SDP_CHARS = 65_536;

    /// Longest ICE candidate and any other field of a signal, in characters.
    static final int MAX_FIELD_CHARS = 1_024;

    /// Events per answer to one who scrolls back.
    static final int PAGE_BACK = 100;

    private final Journal journal;
    private final MeetingDirectory meetings;
    private final SignalServer pages;

    TalkHandlers(Journal journal, MeetingDirectory meetings, SignalServer pages) {
        this.journal = journal;
        this.meetings = meetings;
        this.pages = pages;
    }

    void mount(PageSession page) {
        page.onSeated(
                SignalContract.SEND_CHAT,
                Pace.CHAT,
                (seat, chat, event) ->
                        meetings.tell(
                                seat.meeting(),
                                new SendChat(seat.personId(), chat.clientMessageId(), chat.text()),
                                new AckReply(event)));
        page.onSeated(
                SignalContract.SET_DEVICES,
                Pace.ORDINARY,
                (seat, devices, event) ->
                        meetings.tell(
                                seat.meeting(),
                                new SetDevices(seat.personId(), Wire.devices(devices)),
                                new AckReply(event)));
        page.onSeated(SignalContract.HISTORY_AFTER, Pace.ORDINARY, this::historyAfter);
        page.onSeated(SignalContract.HISTORY_BEFORE, Pace.ORDINARY, this::historyBefore);
        page.onSeated(SignalContract.SEND_SIGNAL, Pace.SIGNALLING, this::passOn);
    }

    private void historyAfter(Seat seat, HistoryRequest request, EventArguments event) {
        int limit = JoinHandlers.NEXT_PAGE;
        var events = journal.readAfter(seat.meeting(), request.seq(), Long.MAX_VALUE, limit);
        PageSession.answer(event, new History(Wire.events(events), events.size() == limit));
    }

    private void historyBefore(Seat seat, HistoryRequest request, EventArguments event) {
        var events = journal.readBefore(seat.meeting(), request.seq(), PAGE_BACK);
        boolean more = !events.isEmpty() && events.getFirst().seq() > 1;
        PageSession.answer(event, new History(Wire.events(events), more));
    }

    private void passOn(Seat seat, SendSignal request, EventArguments event) {
        if (!isWithinLimits(request.signal())) {
            PageSession.refuse(event, RefusalCode.BAD_REQUEST, "a field of the signal is too long");
            return;
        }
        meetings.ask(
                seat.meeting(),
                view -> {
                    // Only people of the same meeting reach one another, whatever a page says.
                    boolean isInside =
                            view.people().stream().anyMatch(p -> p.id().equals(seat.personId()));
                    var receiver =
                            view.people().stream()
                                    .filter(p -> isInside && p.id().equals(request.to()))
                                    .findFirst()
                                    .flatMap(Participant::link)
                                    .flatMap(pages::page);
                    deliver(seat, request, event, receiver);
                });
    }

    private static void deliver(
            Seat seat, SendSignal request, EventArguments event, Optional<PageSession> receiver) {
        if (receiver.isEmpty()) {
            PageSession.refuse(event, RefusalCode.PEER_AWAY, "they are not linked now");
            return;
        }
        receiver.get()
                .send(SignalContract.SIGNAL, new SignalReceived(seat.personId(), request.signal()));
        PageSession.answer(event, new Done());
    }

    private static boolean isWithinLimits(Signal signal) {
        return switch (signal) {
            case Signal.Description(String connection, String type, String sdp) ->
                    connection.length() <= MAX_FIELD_CHARS
                            && type.length() <= MAX_FIELD_CHARS
                            && sdp.length() <= MAX_SDP_CHARS;
            case Signal.Candidate c ->
                    c.connection().length() <= MAX_FIELD_CHARS
                            && c.candidate().length() <= MAX_FIELD_CHARS
                            && isShort(c.sdpMid())
                            && isShort(c.usernameFragment());
        };
    }

    private static boolean isShort(@org.jspecify.annotations.Nullable String field) {
        return field == null || field.length() <= MAX_FIELD_CHARS;
    }
}
