// SPDX-License-Identifier: Apache-2.0
package noom.server.meetings;

import java.util.List;
import noom.meeting.MeetingEvent;
import noom.meeting.MeetingId;
import noom.meeting.Participant;

/// Who is told what happens in meetings. Called on the meeting's loop, in order.
public interface Audience {
    /// An event that is kept now.
    void onEvent(MeetingId meeting, MeetingEvent event);

    /// The present devices and link of somebody inside.
    void onPresence(MeetingId meeting, Participant person);

    /// This connection has lost its place to a later one of the same person, or its person went.
    void onOut(MeetingId meeting, String link);

    /// Who is inside now.
    void onPeople(MeetingId meeting, List<Participant> people);
}
