// SPDX-License-Identifier: Apache-2.0
package noom.meeting;

/// What happened, in the order of the meeting. A meeting is nothing but its events.
public sealed interface MeetingEvent {
    /// Place in the order, from 1 without gaps.
    long seq();

    /// When, as Unix time; for people to read, not for ordering.
    long atMillis();

    /// Who did it.
    String personId();

    /// Somebody came in, or came back after having left.
    ///
    /// @param resumeKey SHA-256 of their resume secret; never told to anybody
    record PersonJoined(long seq, long atMillis, String personId, String name, String resumeKey)
            implements MeetingEvent {}

    /// Somebody goes by another name.
    record PersonRenamed(long seq, long atMillis, String personId, String name)
            implements MeetingEvent {}

    /// Somebody went.
    record PersonLeft(long seq, long atMillis, String personId, LeaveReason reason)
            implements MeetingEvent {}

    /// Somebody wrote to everyone.
    ///
    /// @param name their name at that time
    record ChatSent(
            long seq,
            long atMillis,
            String personId,
            String name,
            String clientMessageId,
            String text)
            implements MeetingEvent {}

    /// Why somebody went.
    enum LeaveReason {
        /// They said so.
        LEFT,
        /// They did not come back in time.
        CONNECTION_LOST
    }
}
