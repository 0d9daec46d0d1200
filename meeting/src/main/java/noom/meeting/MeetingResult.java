// SPDX-License-Identifier: Apache-2.0
package noom.meeting;

/// The answer to a [MeetingCommand]. A refusal changes nothing.
public sealed interface MeetingResult {
    /// Inside.
    ///
    /// @param replacedLink the connection that had this person's place until now, or empty
    record Admitted(String personId, String replacedLink) implements MeetingResult {}

    /// The message has this place in the order, now or since an earlier sending.
    record Written(long seq, long atMillis) implements MeetingResult {}

    /// Done, or nothing to do.
    record Done() implements MeetingResult {}

    /// Not done.
    record Refused(Reason reason) implements MeetingResult {}

    /// Why not.
    enum Reason {
        /// All seats are taken.
        FULL,
        /// The sender is not in the meeting.
        NOT_INSIDE,
        /// See [Label#name].
        BAD_NAME,
        /// Empty, or over [noom.meeting.chat.ChatRoom#MAX_TEXT_BYTES].
        BAD_TEXT,
        /// The message has no usable id of its own.
        BAD_MESSAGE_ID
    }
}
