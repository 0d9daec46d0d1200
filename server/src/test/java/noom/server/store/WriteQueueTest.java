// SPDX-License-Identifier: Apache-2.0
package noom.server.store;

import static org.assertj.core.api.Assertions.assertThat;

import noom.server.store.WriteQueue.Entry;
import org.junit.jupiter.api.Test;

class WriteQueueTest {
    private final WriteQueue<String> queue = new WriteQueue<>(2);

    @Test
    void as_many_wait_as_may_and_one_more_finds_no_room() {
        assertThat(queue.add("first")).isEqualTo(Entry.WAITS);
        assertThat(queue.add("second")).isEqualTo(Entry.WAITS);
        assertThat(queue.add("third")).isEqualTo(Entry.FULL);

        assertThat(queue.takeBatch(1)).containsExactly("first");
        assertThat(queue.add("fourth")).isEqualTo(Entry.WAITS);
        assertThat(queue.takeBatch(9)).containsExactly("second", "fourth");
    }

    @Test
    void a_closed_queue_refuses_and_still_gives_what_waits() {
        queue.add("first");
        queue.close();

        assertThat(queue.add("second")).isEqualTo(Entry.CLOSED);
        assertThat(queue.takeBatch(9)).containsExactly("first");
        assertThat(queue.takeBatch(9)).isEmpty();
    }
}
