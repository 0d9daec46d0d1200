// SPDX-License-Identifier: Apache-2.0
package noom.meeting;

/// What can be asked of a meeting.
public sealed interface MeetingCommand {
    /// Come in, or come back: whoever shows a known resume key is that person again.
    ///
    /// @param link names the connection that asks; unique among all connections
    /// @param resumeKey SHA-256 of the secret that the page showed, or a fresh one
    record Join(String link, String name, String resumeKey, Devices devices)
            implements MeetingCommand {}

    /// Go.
    record Leave(String personId) implements MeetingCommand {}

    /// Whoever holds this resume key goes; a page says so while it is closing.
    record LeaveByKey(String resumeKey) implements MeetingCommand {}

    /// A connection is gone. Ignored when the person has another one by now.
    record LinkLost(String personId, String link) implements MeetingCommand {}

    /// Go by another name.
    record Rename(String personId, String name) implements MeetingCommand {}

    /// Write to everyone.
    record SendChat(String personId, String clientMessageId, String text)
            implements MeetingCommand {}

    /// Declare devices.
    record SetDevices(String personId, Devices devices) implements MeetingCommand {}
}
