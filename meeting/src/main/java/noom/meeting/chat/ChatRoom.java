// SPDX-License-Identifier: Apache-2.0
package noom.meeting.chat;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/// The rules of writing to everyone: limits, and each message once however often it is sent.
///
/// It remembers where every message went, not what it said; the text is in the journal.
public final class ChatRoom {
    /// Longest text in bytes of UTF-8.
    public static final int MAX_TEXT_BYTES = 8_192;

    /// Longest id that a page may give its message, in characters.
    public static final int MAX_MESSAGE_ID_CHARS = 64;

    private final Map<MessageKey, Kept> kept = new HashMap<>();

    /// Where a message went: its number in the meeting, and when (Unix time).
    public record Kept(long seq, long atMillis) {}

    private record MessageKey(String personId, String clientMessageId) {}

    /// Whether the text may be written: something visible, and within [#MAX_TEXT_BYTES].
    public static boolean isWritable(String text) {
        return !text.isBlank()
                && text.length() <= MAX_TEXT_BYTES
                && text.getBytes(StandardCharsets.UTF_8).length <= MAX_TEXT_BYTES;
    }

    /// Whether a page may name its message so: 1 to [#MAX_MESSAGE_ID_CHARS] characters.
    public static boolean isMessageId(String id) {
        return !id.isEmpty() && id.length() <= MAX_MESSAGE_ID_CHARS;
    }

    /// Where this message went before, if it was sent before.
    public Optional<Kept> find(String personId, String clientMessageId) {
        return Optional.ofNullable(kept.get(new MessageKey(personId, clientMessageId)));
    }

    /// Remembers a message that is now an event.
    public void keep(String personId, String clientMessageId, long seq, long atMillis) {
        kept.put(new MessageKey(personId, clientMessageId), new Kept(seq, atMillis));
    }
}
