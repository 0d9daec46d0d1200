// SPDX-License-Identifier: Apache-2.0
package noom.socketio.adapter;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import noom.testkit.Property;
import org.junit.jupiter.api.Test;

/// Rooms against two plain maps, and readers that must not notice later changes.
class RoomsModelTest {
    private static final List<String> SOCKETS = List.of("s1", "s2", "s3", "s4");
    private static final List<String> ROOMS = List.of("a", "b", "c", "s1", "s2");

    /// Who is where, in one direction only: the other is worked out.
    private static final class Model {
        final Map<String, LinkedHashSet<String>> roomsOf = new LinkedHashMap<>();

        Map<String, Set<String>> rooms() {
            var rooms = new LinkedHashMap<String, Set<String>>();
            roomsOf.forEach(
                    (socket, mine) ->
                            mine.forEach(
                                    room ->
                                            rooms.computeIfAbsent(room, _ -> new LinkedHashSet<>())
                                                    .add(socket)));
            return rooms;
        }
    }

    private static void move(Property.Case random, Rooms rooms, Model model) {
        var socket = random.oneOf(SOCKETS);
        var mine = model.roomsOf.get(socket);
        switch (random.between(0, 6)) {
            case 0 -> {
                rooms.open(socket);
                model.roomsOf.putIfAbsent(socket, new LinkedHashSet<>());
            }
            case 1, 2, 3 -> {
                var joined = new ArrayList<String>();
                for (int i = random.between(0, 4); i > 0; i--) {
                    joined.add(random.oneOf(ROOMS));
                }
                rooms.join(socket, joined);
                if (mine != null) {
                    mine.addAll(joined);
                }
            }
            case 4 -> {
                var room = random.oneOf(ROOMS);
                rooms.leave(socket, room);
                if (mine != null) {
                    mine.remove(room);
                }
            }
            default -> {
                rooms.close(socket);
                model.roomsOf.remove(socket);
            }
        }
    }

    @Test
    void whatever_is_joined_left_and_closed_both_directions_are_those_of_the_model() {
        Property.forAll(
                random -> {
                    var rooms = new Rooms();
                    var model = new Model();
                    for (int i = random.length(); i > 0; i--) {
                        move(random, rooms, model);

                        assertThat(rooms.sids()).isEqualTo(model.roomsOf);
                        assertThat(rooms.rooms()).isEqualTo(model.rooms());
                    }
                    model.roomsOf.forEach(
                            (socket, mine) ->
                                    assertThat(rooms.sids().get(socket))
                                            .as("in the order of joining")
                                            .containsExactlyElementsOf(mine));
                });
    }

    @Test
    void a_set_once_read_stays_as_it_was_whatever_happens_after() {
        Property.forAll(
                random -> {
                    var rooms = new Rooms();
                    var model = new Model();
                    var read = new ArrayList<Set<String>>();
                    var copies = new ArrayList<List<String>>();
                    for (int i = random.length(); i > 0; i--) {
                        move(random, rooms, model);
                        for (var set :
                                List.of(
                                        rooms.rooms().getOrDefault("a", Set.of()),
                                        rooms.sids().getOrDefault("s1", Set.of()))) {
                            read.add(set);
                            copies.add(List.copyOf(set));
                        }
                    }

                    for (int i = 0; i < read.size(); i++) {
                        assertThat(read.get(i)).containsExactlyElementsOf(copies.get(i));
                    }
                });
    }

    @Test
    void a_selection_is_a_copy_and_counts_each_room_once() {
        var rooms = new LinkedHashSet<>(List.of("a"));
        var selection = new Selection(rooms, Set.of());
        rooms.add("b");

        var more = selection.withRooms("a", "c", "c").withoutRooms("d", "d");

        assertThat(selection.rooms()).containsExactly("a");
        assertThat(more.rooms()).containsExactlyInAnyOrder("a", "c");
        assertThat(more.except()).containsExactly("d");
    }
}
