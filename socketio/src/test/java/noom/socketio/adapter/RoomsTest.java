// SPDX-License-Identifier: Apache-2.0
package noom.socketio.adapter;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class RoomsTest {
    private final Rooms rooms = new Rooms();

    @Test
    void both_directions_agree() {
        rooms.open("a");
        rooms.open("b");
        rooms.join("a", List.of("a", "x", "y"));
        rooms.join("b", List.of("x"));

        assertThat(rooms.sids().get("a")).containsExactly("a", "x", "y");
        assertThat(rooms.rooms().get("x")).containsExactly("a", "b");

        rooms.leave("a", "x");
        assertThat(rooms.sids().get("a")).containsExactly("a", "y");
        assertThat(rooms.rooms().get("x")).containsExactly("b");
    }

    @Test
    void an_empty_room_is_no_room() {
        rooms.open("a");
        rooms.join("a", List.of("x"));

        rooms.leave("a", "x");

        assertThat(rooms.rooms()).isEmpty();
        assertThat(rooms.sids().get("a")).isEmpty();
    }

    @Test
    void a_closed_socket_is_in_no_room_for_good() {
        rooms.open("a");
        rooms.join("a", List.of("x"));

        rooms.close("a");
        rooms.join("a", List.of("x"));
        rooms.leave("a", "x");

        assertThat(rooms.rooms()).isEmpty();
        assertThat(rooms.sids()).isEmpty();
    }

    @Test
    void a_set_that_was_read_does_not_change() {
        rooms.open("a");
        rooms.open("b");
        rooms.join("a", List.of("x"));
        Set<String> before = rooms.rooms().get("x");

        rooms.join("b", List.of("x"));

        assertThat(before).containsExactly("a");
    }

    @Test
    void joining_twice_or_leaving_where_one_is_not_changes_nothing() {
        rooms.open("a");
        rooms.open("a");
        rooms.join("a", List.of("x", "x"));
        rooms.join("a", List.of("x"));
        rooms.leave("a", "y");

        assertThat(rooms.sids().get("a")).containsExactly("x");
        assertThat(rooms.rooms().get("x")).containsExactly("a");
    }
}
