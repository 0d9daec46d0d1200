// SPDX-License-Identifier: Apache-2.0
package noom.meeting.chat;

import static org.assertj.core.api.Assertions.assertThat;

import noom.meeting.chat.ChatRoom.Kept;
import org.junit.jupiter.api.Test;

class ChatRoomTest {
    private final ChatRoom room = new ChatRoom();

    @Test
    void knows_where_a_message_went() {
        room.keep("p1", "m1", 7, 1_000);

        assertThat(room.find("p1", "m1")).contains(new Kept(7, 1_000));
    }

    @Test
    void does_not_mix_people_or_messages_up() {
        room.keep("p1", "m1", 7, 1_000);

        assertThat(room.find("p1", "m2")).isEmpty();
        assertThat(room.find("p2", "m1")).isEmpty();
        assertThat(room.find("p1m", "1")).isEmpty();
    }

    @Test
    void counts_bytes_not_characters() {
        assertThat(ChatRoom.isWritable("한".repeat(2_730))).as("8,190 bytes").isTrue();
        assertThat(ChatRoom.isWritable("한".repeat(2_731))).as("8,193 bytes").isFalse();
    }

    @Test
    void wants_something_visible() {
        assertThat(ChatRoom.isWritable("")).isFalse();
        assertThat(ChatRoom.isWritable("\u2003\n")).isFalse();
        assertThat(ChatRoom.isWritable(".")).isTrue();
    }

    @Test
    void message_ids_are_short_and_not_empty() {
        assertThat(ChatRoom.isMessageId("a")).isTrue();
        assertThat(ChatRoom.isMessageId("a".repeat(ChatRoom.MAX_MESSAGE_ID_CHARS))).isTrue();
        assertThat(ChatRoom.isMessageId("a".repeat(ChatRoom.MAX_MESSAGE_ID_CHARS + 1))).isFalse();
        assertThat(ChatRoom.isMessageId("")).isFalse();
    }
}
