// SPDX-License-Identifier: Apache-2.0
package noom.server.signal;

import java.util.List;
import noom.meeting.MeetingEvent;
import noom.meeting.MeetingId;
import noom.meeting.Participant;
import noom.server.meetings.Audience;
import noom.server.signal.PageSession.Seat;
import noom.server.signal.message.MessageCodec;
import noom.server.signal.message.Requests.Replaced;
import noom.server.signal.message.SignalContract;
import noom.server.signal.message.SignalContract.FromServer;
import noom.socketio.SocketIoServer;

/// Says what happens in a meeting to the Socket.IO room of the meeting.
final class MeetingBroadcaster implements Audience {
    private final SocketIoServer io;
    private final SignalServer pages;
    private final Runnable onCounts;

    /// @param onCounts called when the number of people in some meeting may have changed
    MeetingBroadcaster(SocketIoServer io, SignalServer pages, Runnable onCounts) {
        this.io = io;
        this.pages = pages;
        this.onCounts = onCounts;
    }

    static String room(MeetingId meeting) {
        return "meeting:" + meeting.value();
    }

    @Override
    public void onEvent(MeetingId meeting, MeetingEvent event) {
        broadcast(meeting, SignalContract.EVENT, Wire.event(event));
    }

    @Override
    public void onPresence(MeetingId meeting, Participant person) {
        broadcast(meeting, SignalContract.PRESENCE, Wire.presence(person));
    }

    @Override
    public void onOut(MeetingId meeting, String link) {
        pages.page(link)
                .ifPresent(
                        page -> {
                            page.seat()
                                    .filter(seat -> seat.meeting().equals(meeting))
                                    .ifPresent((Seat seat) -> page.stand(seat));
                            page.socket().leave(room(meeting));
                            page.send(SignalContract.REPLACED, new Replaced(meeting.value()));
                        });
    }

    @Override
    public void onPeople(MeetingId meeting, List<Participant> people) {
        onCounts.run();
    }

    private <T> void broadcast(MeetingId meeting, FromServer<T> contract, T message) {
        io.to(room(meeting)).emit(contract.name(), MessageCodec.writeTree(message));
    }
}
