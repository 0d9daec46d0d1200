// SPDX-License-Identifier: Apache-2.0
package noom.socketio.admin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class RememberedSessionsTest {
    private static final long SECOND_NANOS = 1_000_000_000;

    private final AdminSessions sessions = AdminSessions.inMemory(Duration.ofSeconds(10), 3);

    private boolean knows(String id, long nowNanos) {
        return sessions.isKnown(id, nowNanos).toCompletableFuture().join();
    }

    @Test
    void a_session_lives_from_its_login_on_however_often_it_is_used() {
        sessions.keep("a", 0);

        assertThat(knows("a", 0)).isTrue();
        assertThat(knows("a", 9 * SECOND_NANOS)).isTrue();
        assertThat(knows("a", 10 * SECOND_NANOS - 1)).isTrue();
        assertThat(knows("a", 10 * SECOND_NANOS)).isFalse();
        assertThat(knows("b", 0)).isFalse();
    }

    @Test
    void one_too_many_ends_the_oldest() {
        for (var id : new String[] {"a", "b", "c", "d"}) {
            sessions.keep(id, 0);
        }

        assertThat(knows("a", 1)).isFalse();
        assertThat(knows("b", 1)).isTrue();
        assertThat(knows("d", 1)).isTrue();
    }

    @Test
    void those_that_have_ended_make_room() {
        sessions.keep("a", 0);
        sessions.keep("b", 9 * SECOND_NANOS);
        sessions.keep("c", 9 * SECOND_NANOS);
        sessions.keep("d", 11 * SECOND_NANOS);

        assertThat(knows("b", 12 * SECOND_NANOS)).isTrue();
        assertThat(knows("c", 12 * SECOND_NANOS)).isTrue();
        assertThat(knows("d", 12 * SECOND_NANOS)).isTrue();
    }

    @Test
    void limits_are_positive() {
        assertThatThrownBy(() -> AdminSessions.inMemory(Duration.ZERO, 1))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> AdminSessions.inMemory(Duration.ofDays(1), 0))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
