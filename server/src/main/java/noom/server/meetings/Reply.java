// SPDX-License-Identifier: Apache-2.0
package noom.server.meetings;

import java.util.List;
import noom.meeting.MeetingResult;
import noom.meeting.Participant;

/// Hears how a command ended. Exactly one method is called, once, on the meeting's loop.
public interface Reply {
    /// It is done, or refused, and everything up to `view` is kept.
    void onResult(MeetingResult result, View view);

    /// The journal could not keep it; nothing of it has happened.
    void onNotKept();

    /// The meeting as it was right after the command.
    ///
    /// @param lastSeq number of the newest event
    record View(List<Participant> people, long lastSeq) {}

    /// Nobody wants to know.
    Reply NONE =
            new Reply() {
                @Override
                public void onResult(MeetingResult result, View view) {}

                @Override
                public void onNotKept() {}
            };
}
