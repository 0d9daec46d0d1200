// SPDX-License-Identifier: Apache-2.0
package noom.socketio.adapter;

import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Which sockets of a namespace: those in any of `rooms`, but in none of `except`.
///
/// @param rooms empty means every socket
/// @param except these win over `rooms`
public record Selection(Set<String> rooms, Set<String> except) {
    /// Every socket.
    public static final Selection ALL = new Selection(Set.of(), Set.of());

    /// Copies both sets, so that a selection never changes.
    public Selection {
        rooms = Set.copyOf(rooms);
        except = Set.copyOf(except);
    }

    /// The same, with the sockets of these rooms too.
    public Selection withRooms(String... more) {
        return new Selection(union(rooms, more), except);
    }

    /// The same, without the sockets of these rooms.
    public Selection withoutRooms(String... more) {
        return new Selection(rooms, union(except, more));
    }

    /// Whether a socket that is in these rooms, its own among them, is selected.
    public boolean includes(Collection<String> socketRooms) {
        return (rooms.isEmpty() || socketRooms.stream().anyMatch(rooms::contains))
                && socketRooms.stream().noneMatch(except::contains);
    }

    private static Set<String> union(Set<String> some, String... more) {
        return Stream.concat(some.stream(), Stream.of(more))
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }
}
