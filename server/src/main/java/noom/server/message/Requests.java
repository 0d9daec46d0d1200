// SPDX-License-Identifier: Apache-2.0
package noom.server.message;

import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import org.jspecify.annotations.Nullable;

/// What a page asks for; [SignalContract] names the event and the answers of each.
public final class Requests {
    private Requests() {}

    /// Come in, or come back.
    ///
    /// @param name 1 to 40 grapheme clusters after trimming
    /// @param resumeSecret from an earlier [Answer.Joined] of this tab, if any
    /// @param lastSeq the last event this page has; null at first sight, which brings the newest
    ///     100, otherwise everything after it comes in pages of 500
    public record JoinRequest(
            String meetingId,
            String name,
            @JsonSetter(nulls = Nulls.SET) @Nullable String resumeSecret,
            @JsonSetter(nulls = Nulls.SET) @Nullable Long lastSeq,
            DeviceStates devices) {}

    /// Go by another name.
    public record Rename(String name) {}

    /// Write to everyone.
    ///
    /// @param clientMessageId 1 to 64 characters, made by the page; sent again with the same id it
    ///     still happens once
    /// @param text 1 to 8,192 bytes of UTF-8
    public record SendChat(String clientMessageId, String text) {}

    /// Ask for events before or after one.
    public record HistoryRequest(long seq) {}

    /// Pass a signal on to somebody in the same meeting.
    public record SendSignal(String to, Signal signal) {}

    /// A signal passed on.
    public record SignalReceived(String from, Signal signal) {}

    /// Another connection took over this person's place; this one is out of the meeting.
    public record Replaced(String meetingId) {}
}
