// SPDX-License-Identifier: Apache-2.0
package noom.server.message;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/// Something that happened, numbered without gaps per meeting and kept in the journal before
/// anybody is told.
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
@JsonSubTypes({
    @JsonSubTypes.Type(value = MeetingEvent.PersonJoined.class, name = "person-joined"),
    @JsonSubTypes.Type(value = MeetingEvent.PersonRenamed.class, name = "person-renamed"),
    @JsonSubTypes.Type(value = MeetingEvent.PersonLeft.class, name = "person-left"),
    @JsonSubTypes.Type(value = MeetingEvent.ChatSent.class, name = "chat-sent")
})
public sealed interface MeetingEvent {
    /// Place in the order of the meeting, from 1.
    long seq();

    /// Somebody came in.
    record PersonJoined(long seq, long atMillis, String personId, String name)
            implements MeetingEvent {}

    /// Somebody goes by another name from here on.
    record PersonRenamed(long seq, long atMillis, String personId, String name)
            implements MeetingEvent {}

    /// Somebody went.
    record PersonLeft(long seq, long atMillis, String personId, LeaveReason reason)
            implements MeetingEvent {}

    /// Somebody wrote to everyone.
    ///
    /// @param name the writer's name at that time
    /// @param clientMessageId made by the writer's page, unique per person
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
        /// They pressed Leave or closed the page.
        LEFT,
        /// They did not come back in time.
        CONNECTION_LOST;

        /// The spelling on the wire.
        @JsonValue
        public String wire() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }
}
