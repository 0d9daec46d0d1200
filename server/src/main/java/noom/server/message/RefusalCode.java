// SPDX-License-Identifier: Apache-2.0
package noom.server.message;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/// Why something was not done. The page has a sentence in each language for each.
public enum RefusalCode {
    /// The message does not have the form of `messages.ts`.
    BAD_REQUEST,
    /// No meeting has this id.
    UNKNOWN_MEETING,
    /// All seats are taken.
    MEETING_FULL,
    /// The sender has not joined, or has left.
    NOT_IN_MEETING,
    /// The addressed person is not here or not linked at the moment.
    PEER_AWAY,
    /// The name is empty or too long after control characters were removed.
    BAD_NAME,
    /// The text is empty or over its limit.
    BAD_TEXT,
    /// The router does not take this track, or this page cannot receive any.
    MEDIA_REFUSED,
    /// This person has no such transport or track any more; ask what there is and begin again.
    MEDIA_GONE,
    /// More than the permitted number in a while; try later.
    TOO_FAST,
    /// The journal could not keep it; nobody has been told. Send again with the same id.
    NOT_SAVED;

    /// The spelling on the wire, for example `meeting-full`.
    @JsonValue
    public String wire() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
