// SPDX-License-Identifier: Apache-2.0
package noom.socketio.adapter;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import noom.testkit.Races;
import org.jetbrains.lincheck.datastructures.IntGen;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Param;
import org.jetbrains.lincheck.datastructures.Validate;
import org.junit.jupiter.api.Test;

/// Each direction of [Rooms] is linearizable; both agree when all changes have ended.
class RoomsRaceTest {
    @Test
    void the_rooms_of_a_socket_change_at_once() {
        Races.model(SeenFromTheSocket.class);
    }

    @Test
    void the_members_of_a_room_change_at_once() {
        Races.model(SeenFromTheRoom.class);
    }

    private static String text(Set<String> names) {
        return names == null ? "none" : String.join(",", new TreeSet<>(names));
    }

    private static void requireAgreement(Rooms rooms) {
        rooms.sids()
                .forEach((sid, mine) -> mine.forEach(room -> require(rooms.rooms(), room, sid)));
        rooms.rooms().forEach((room, in) -> in.forEach(sid -> require(rooms.sids(), sid, room)));
    }

    private static void require(java.util.Map<String, Set<String>> map, String key, String item) {
        if (!map.getOrDefault(key, Set.of()).contains(item)) {
            throw new IllegalStateException(item + " is not in " + key);
        }
    }

    @Param(name = "socket", gen = IntGen.class, conf = "0:1")
    @Param(name = "room", gen = IntGen.class, conf = "0:1")
    public static final class SeenFromTheSocket {
        private final Rooms rooms = new Rooms();

        @Operation
        public void open(@Param(name = "socket") int socket) {
            rooms.open("s" + socket);
        }

        @Operation
        public void join(@Param(name = "socket") int socket, @Param(name = "room") int room) {
            rooms.join("s" + socket, List.of("r" + room, "r0"));
        }

        @Operation
        public void leave(@Param(name = "socket") int socket, @Param(name = "room") int room) {
            rooms.leave("s" + socket, "r" + room);
        }

        @Operation
        public void close(@Param(name = "socket") int socket) {
            rooms.close("s" + socket);
        }

        @Operation
        public String roomsOf(@Param(name = "socket") int socket) {
            return text(rooms.sids().get("s" + socket));
        }

        @Validate
        public void bothDirectionsAgree() {
            requireAgreement(rooms);
        }
    }

    @Param(name = "socket", gen = IntGen.class, conf = "0:1")
    public static final class SeenFromTheRoom {
        private final Rooms rooms = new Rooms();

        @Operation
        public void open(@Param(name = "socket") int socket) {
            rooms.open("s" + socket);
        }

        @Operation
        public void join(@Param(name = "socket") int socket) {
            rooms.join("s" + socket, List.of("room"));
        }

        @Operation
        public void leave(@Param(name = "socket") int socket) {
            rooms.leave("s" + socket, "room");
        }

        @Operation
        public void close(@Param(name = "socket") int socket) {
            rooms.close("s" + socket);
        }

        @Operation
        public String members() {
            return text(rooms.rooms().get("room"));
        }

        @Validate
        public void bothDirectionsAgree() {
            requireAgreement(rooms);
        }
    }
}
