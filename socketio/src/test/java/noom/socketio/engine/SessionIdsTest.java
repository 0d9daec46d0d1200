// SPDX-License-Identifier: Apache-2.0
package noom.socketio.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/// Trap 3 of the protocol.
class SessionIdsTest {
    @Test
    void an_id_carries_144_bits_in_characters_that_need_no_escape() {
        var id = new SessionIds(new SplittableRandom(1)).next();

        assertThat(id).matches("[A-Za-z0-9_-]{24}");
    }

    @Test
    void a_hundred_thousand_ids_are_all_different() {
        var ids = new SessionIds(new SplittableRandom(2));
        var seen = new HashSet<String>();

        for (int i = 0; i < 100_000; i++) {
            assertThat(seen.add(ids.next())).isTrue();
        }
    }
}
