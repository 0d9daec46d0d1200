// SPDX-License-Identifier: Apache-2.0
package noom.socketio.adapter;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// Who is in which room, in both directions; shared by all threads.
///
/// Both maps hold sets that are never changed: a change makes a new set and swaps it in. A reader
/// takes the set that is there and walks it in peace; it costs a joiner a copy of the room.
///
/// Memory order. A change to one socket happens inside `sids.compute` on that socket's id, which
/// runs alone for that id and orders all changes to that socket; the rooms are changed from within,
/// by `rooms.compute`, alone for each room. The order of taking is always socket, then room, so two
/// changes cannot wait for each other. Everything written before a `compute` ends happens before
/// what a reader does after `get` returned the new set, and the set is safely published by it.
/// Hence: (1) who joins and then broadcasts reaches himself; (2) a socket that was closed is in no
/// room for good, because a later join finds no entry in `sids`; (3) when all changes have ended,
/// `room ∈ sids(s)` exactly when `s ∈ rooms(room)`. While a change runs, a reader may see one
/// direction before the other.
final class Rooms {
    private final ConcurrentHashMap<String, Set<String>> sids = new ConcurrentHashMap<>();
    private final ConcurrentHashMap<String, Set<String>> rooms = new ConcurrentHashMap<>();
    private final Map<String, Set<String>> sidsView = Collections.unmodifiableMap(sids);
    private final Map<String, Set<String>> roomsView = Collections.unmodifiableMap(rooms);

    void open(String socketId) {
        // Not `putIfAbsent`, which would find a socket that is just being closed, and leave it so.
        sids.compute(socketId, (_, mine) -> mine == null ? Set.of() : mine);
    }

    /// Puts a socket into rooms.
    ///
    /// @return those that it was not in
    List<String> join(String socketId, Collection<String> joined) {
        var entered = new ArrayList<String>();
        sids.computeIfPresent(
                socketId,
                (_, mine) -> {
                    var more = new LinkedHashSet<>(mine);
                    for (var room : joined) {
                        if (more.add(room)) {
                            rooms.compute(room, (_, members) -> with(members, socketId));
                            entered.add(room);
                        }
                    }
                    return Collections.unmodifiableSet(more);
                });
        return entered;
    }

    /// Takes a socket out of a room.
    ///
    /// @return whether it was there
    boolean leave(String socketId, String room) {
        var left = new ArrayList<String>();
        sids.computeIfPresent(
                socketId,
                (_, mine) -> {
                    if (!mine.contains(room)) {
                        return mine;
                    }
                    rooms.computeIfPresent(room, (_, members) -> without(members, socketId));
                    left.add(room);
                    var rest = without(mine, room);
                    return rest == null ? Set.of() : rest;
                });
        return !left.isEmpty();
    }

    /// Takes a socket out of all rooms and forgets it.
    ///
    /// @return the rooms
    List<String> close(String socketId) {
        var left = new ArrayList<String>();
        sids.computeIfPresent(
                socketId,
                (_, mine) -> {
                    for (var room : mine) {
                        rooms.computeIfPresent(room, (_, members) -> without(members, socketId));
                    }
                    left.addAll(mine);
                    return null;
                });
        return left;
    }

    Map<String, Set<String>> rooms() {
        return roomsView;
    }

    Map<String, Set<String>> sids() {
        return sidsView;
    }

    private static Set<String> with(@Nullable Set<String> set, String item) {
        if (set == null) {
            return Set.of(item);
        }
        var more = new LinkedHashSet<>(set);
        more.add(item);
        return Collections.unmodifiableSet(more);
    }

    /// Null when nothing is left, which takes the key out of the map.
    private static @Nullable Set<String> without(Set<String> set, String item) {
        var rest = new LinkedHashSet<>(set);
        rest.remove(item);
        return rest.isEmpty() ? null : Collections.unmodifiableSet(rest);
    }
}
