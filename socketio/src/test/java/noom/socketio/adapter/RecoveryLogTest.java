// SPDX-License-Identifier: Apache-2.0
package noom.socketio.adapter;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/// Every limit at the limit and past it, and who gets what.
class RecoveryLogTest {
    private static final Duration WINDOW = Duration.ofMinutes(2);
    private static final int MAX_PACKETS = 3;
    private static final int MAX_BYTES = 1_000;
    private static final long MAX_SERVER_BYTES = 2_000;
    private static final RecoverySettings SETTINGS =
            RecoverySettings.ON
                    .withWindow(WINDOW)
                    .withLimits(MAX_PACKETS, MAX_BYTES, MAX_SERVER_BYTES);

    private final RecoveryLog log = new RecoveryLog(SETTINGS);
    private int events;

    private static StoredSession session(String sid, String... rooms) {
        return new StoredSession(sid, "secret of " + sid, List.of(rooms), null);
    }

    /// Sends an event to everybody; its offset.
    private String sendAll(String... connected) {
        return send("", Selection.ALL, connected);
    }

    private String send(String filling, Selection selection, String... connected) {
        String offset = "o" + events++;
        log.add(offset, List.of("event", filling, offset), List.of(connected), selection);
        return offset;
    }

    /// Offsets of the events that come after this one, null if the client starts afresh.
    private List<Object> comeBack(StoredSession lost, String after, long nowNanos) {
        var session = log.claim(lost.pid(), nowNanos);
        assertThat(session).contains(lost);
        return log.missed(lost, after)
                .map(
                        all ->
                                all.stream()
                                        .map(data -> data.getLast())
                                        .map(Object.class::cast)
                                        .toList())
                .orElse(null);
    }

    @Test
    void what_came_between_the_last_heard_event_and_the_return_is_missed() {
        log.open("a");
        String heard = sendAll("a");
        String lostOnTheWay = sendAll("a");
        log.persist(session("a", "a"), 0);
        String meanwhile = sendAll();

        assertThat(comeBack(session("a", "a"), heard, 1)).containsExactly(lostOnTheWay, meanwhile);
    }

    @Test
    void who_was_lost_is_selected_by_the_rooms_it_had() {
        log.open("a");
        String heard = sendAll("a");
        log.persist(session("a", "a", "kitchen", "quiet"), 0);
        String kitchen = send("", Selection.ALL.withRooms("kitchen"));
        send("", Selection.ALL.withRooms("cellar"));
        send("", Selection.ALL.withRooms("kitchen").withoutRooms("quiet"));
        String own = send("", Selection.ALL.withRooms("a"));

        assertThat(comeBack(session("a", "a", "kitchen", "quiet"), heard, 1))
                .containsExactly(kitchen, own);
    }

    @Test
    void as_many_events_as_may_be_are_kept_and_one_more_is_too_many() {
        log.open("a");
        String first = sendAll("a");
        log.persist(session("a", "a"), 0);
        for (int i = 0; i < MAX_PACKETS; i++) {
            sendAll();
        }
        assertThat(comeBack(session("a", "a"), first, 1)).hasSize(MAX_PACKETS);

        log.persist(session("a", "a"), 2);
        sendAll();
        assertThat(comeBack(session("a", "a"), first, 3)).as("one is forgotten").isNull();
    }

    @Test
    void events_of_as_many_bytes_as_may_be_are_kept_and_one_byte_more_is_too_many() {
        int own = DataSize.of(List.of("event", "", "o1"));
        for (int more = 0; more <= 1; more++) {
            var fresh = new RecoveryLog(SETTINGS);
            fresh.open("a");
            fresh.add("o0", List.of("event", "", "o0"), List.of("a"), Selection.ALL);
            fresh.persist(session("a", "a"), 0);
            var filling = "x".repeat(MAX_BYTES - own + more);
            fresh.add("o1", List.of("event", filling, "o1"), List.of(), Selection.ALL);

            assertThat(fresh.claim("secret of a", 1)).isPresent();
            assertThat(fresh.missed(session("a", "a"), "o0").isPresent()).isEqualTo(more == 0);
        }
    }

    @Test
    void over_the_servers_limit_the_oldest_events_are_dropped_and_only_who_needs_them_is_hurt() {
        log.open("early");
        log.open("third");
        log.open("late");
        String heard = sendAll("early", "late");
        log.persist(session("early", "early"), 0);
        send("x".repeat(900), Selection.ALL.withRooms("early"));
        send("x".repeat(900), Selection.ALL.withRooms("nobody"), "third");
        assertThat(log.keptBytes()).isLessThanOrEqualTo(MAX_SERVER_BYTES);
        String last = send("x".repeat(300), Selection.ALL.withRooms("nobody"), "late");
        log.persist(session("late", "late"), 1);

        assertThat(log.keptBytes()).isLessThanOrEqualTo(MAX_SERVER_BYTES);
        assertThat(comeBack(session("early", "early"), heard, 2)).as("its event is gone").isNull();
        assertThat(comeBack(session("late", "late"), last, 2)).isEmpty();
    }

    @Test
    void the_window_ends_on_the_nanosecond() {
        for (long late = 0; late <= 1; late++) {
            var fresh = new RecoveryLog(SETTINGS);
            fresh.open("a");
            fresh.persist(session("a", "a"), 5);
            long end = 5 + WINDOW.toNanos() - 1 + late;

            assertThat(fresh.claim("secret of a", end).isPresent()).isEqualTo(late == 0);
            assertThat(fresh.waitingCount()).isEqualTo(late == 0 ? 1 : 0);
        }
    }

    @Test
    void nothing_is_kept_of_who_left_or_whose_time_is_over() {
        log.open("left");
        log.open("late");
        sendAll("left", "late");
        log.close("left");
        assertThat(log.keptBytes()).as("the other still holds it").isPositive();
        log.persist(session("late", "late"), 0);
        log.open("other");
        log.persist(session("other", "other"), WINDOW.toNanos());

        assertThat(log.keptBytes()).isZero();
        assertThat(log.waitingCount()).isEqualTo(1);
    }

    @Test
    void a_session_is_claimed_once_and_only_by_its_secret() {
        log.open("a");
        log.persist(session("a", "a"), 0);

        assertThat(log.claim("secret of b", 1)).isEmpty();
        assertThat(log.claim("secret of a", 1)).isPresent();
        assertThat(log.claim("secret of a", 1)).isEmpty();
    }

    @Test
    void who_is_lost_again_while_coming_back_may_come_back_again() {
        log.open("a");
        String heard = sendAll("a");
        log.persist(session("a", "a"), 0);
        assertThat(log.claim("secret of a", 1)).isPresent();
        String meanwhile = sendAll();
        log.persist(session("a", "a"), 2);
        String later = sendAll();

        assertThat(comeBack(session("a", "a"), heard, 3)).containsExactly(meanwhile, later);
    }

    @Test
    void an_event_for_several_is_counted_once() {
        log.open("a");
        log.open("b");
        sendAll("a");
        long one = log.keptBytes();
        sendAll("a", "b");

        assertThat(log.keptBytes()).isEqualTo(2 * one);
    }

    @Test
    void an_offset_that_nobody_gave_recovers_nobody() {
        for (var offset : Set.of("", "o7", "x")) {
            var fresh = new RecoveryLog(SETTINGS);
            fresh.open("a");
            fresh.add("o0", List.of("event", "", "o0"), List.of("a"), Selection.ALL);
            fresh.persist(session("a", "a"), 0);
            assertThat(fresh.claim("secret of a", 1)).isPresent();

            assertThat(fresh.missed(session("a", "a"), offset)).as(offset).isEmpty();
            assertThat(fresh.keptBytes()).isZero();
        }
    }

    @Test
    void who_was_never_open_is_not_kept() {
        log.persist(session("stranger", "stranger"), 0);

        assertThat(log.waitingCount()).isZero();
        assertThat(log.missed(session("stranger"), "o0")).isEmpty();
    }
}
