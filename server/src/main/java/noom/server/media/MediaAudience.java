// SPDX-License-Identifier: Apache-2.0
package noom.server.media;

import noom.meeting.MeetingId;
import noom.server.message.SignalContract.FromServer;

/// Who is told what happens to tracks. Called on one thread, in the order in which it happened.
public interface MediaAudience {
    /// Something for one person; lost on them while they have no link.
    <T> void tell(MeetingId meeting, String personId, FromServer<T> contract, T message);

    /// Something for everybody in a meeting.
    <T> void tellAll(MeetingId meeting, FromServer<T> contract, T message);
}
