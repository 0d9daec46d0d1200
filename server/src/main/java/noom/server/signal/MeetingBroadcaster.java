// SPDX-License-Identifier: Apache-2.0
package noom.server.signal;

import java.util.List;
import noom.meeting.MeetingEvent;
import noom.meeting.MeetingId;
import noom.meeting.Participant;
import noom.server.meetings.Audience;
import noom.server.message.Requests.Replaced;
import noom.server.message.SignalContract;
import noom.server.signal.PageSession.Seat;

/// Says what happens in a meeting to the Socket.IO room of the meeting.
final class MeetingBroadcaster implements Audience {
    private final SignalServer pages;

    MeetingBroadcaster(SignalServer pages) {
        this.pages = pages;
    }

    static String room(MeetingId meeting) {
        return "meeting:" + meeting.value();
    }

    @Override
    public void onEvent(MeetingId meeting, MeetingEvent event) {
        pages.broadcast(meeting, SignalContract.EVENT, Wire.event(event));
    }

    @Override
    public void onPresence(MeetingId meeting, Participant person) {
        pages.broadcast(meeting, SignalContract.PRESENCE, Wire.presence(person));
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
        pages.onPeople(meeting, people);
    }
}
