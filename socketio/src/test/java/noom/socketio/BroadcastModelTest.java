// SPDX-License-Identifier: Apache-2.0
package noom.socketio;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import noom.socketio.engine.VirtualLoop;
import noom.testkit.Property;
import org.junit.jupiter.api.Test;

/// Any chain of operators on any rooms reaches exactly whom a check of every socket would name.
class BroadcastModelTest {
    private static final int CLIENTS = 6;
    private static final List<String> ROOMS = List.of("a", "b", "c", "d", "nobody");

    /// Six clients in random rooms, and the rooms of each as the test knows them.
    private static final class House {
        final VirtualLoop loop = new VirtualLoop();
        final SocketIoServer io = new SocketIoServer();
        final List<Socket> sockets = new ArrayList<>();
        final List<ScriptedClient> clients = new ArrayList<>();
        final List<Set<String>> roomsOf = new ArrayList<>();

        House(Property.Case random) {
            io.onConnection(sockets::add);
            for (int i = 0; i < CLIENTS; i++) {
                clients.add(ScriptedClient.connected(io, loop));
                var mine = someRooms(random, 3);
                mine.remove("nobody");
                sockets.get(i).join(mine.toArray(String[]::new));
                mine.add(sockets.get(i).id());
                roomsOf.add(mine);
            }
        }

        Set<String> someRooms(Property.Case random, int max) {
            var some = new HashSet<String>();
            for (int i = random.between(0, max + 1); i > 0; i--) {
                boolean own = !sockets.isEmpty() && random.between(0, 4) == 0;
                some.add(own ? random.oneOf(sockets).id() : random.oneOf(ROOMS));
            }
            return some;
        }

        /// The numbers of those who heard something, once for each time.
        List<Integer> whoHeard() {
            return IntStream.range(0, CLIENTS)
                    .boxed()
                    .flatMap(i -> clients.get(i).take().stream().map(_ -> i))
                    .toList();
        }
    }

    /// Operators as called, and as sets.
    private record Aim(Broadcast broadcast, Set<String> to, Set<String> except) {
        static Aim random(Property.Case random, House house) {
            var to = new HashSet<String>();
            var except = new HashSet<String>();
            Broadcast broadcast;
            if (random.coin()) {
                broadcast = house.io.of("/").all();
            } else {
                var sender = random.oneOf(house.sockets);
                broadcast = sender.broadcast();
                except.add(sender.id());
            }
            for (int i = random.between(0, 4); i > 0; i--) {
                var rooms = house.someRooms(random, 2);
                var names = rooms.toArray(String[]::new);
                switch (random.between(0, 3)) {
                    case 0 -> {
                        broadcast = broadcast.to(names);
                        to.addAll(rooms);
                    }
                    case 1 -> {
                        broadcast = broadcast.in(names);
                        to.addAll(rooms);
                    }
                    default -> {
                        broadcast = broadcast.except(names);
                        except.addAll(rooms);
                    }
                }
            }
            return new Aim(broadcast, to, except);
        }

        boolean isAimedAt(Set<String> rooms) {
            return (to.isEmpty() || rooms.stream().anyMatch(to::contains))
                    && rooms.stream().noneMatch(except::contains);
        }

        List<Integer> aimedAt(House house) {
            return IntStream.range(0, CLIENTS)
                    .filter(i -> isAimedAt(house.roomsOf.get(i)))
                    .boxed()
                    .toList();
        }
    }

    @Test
    void each_of_the_aimed_at_hears_it_once_and_nobody_else_does() {
        Property.forAll(
                random -> {
                    var house = new House(random);
                    var aim = Aim.random(random, house);

                    aim.broadcast().emit("x", random.coin() ? "text" : 7);

                    assertThat(house.whoHeard()).isEqualTo(aim.aimedAt(house));
                });
    }

    @Test
    void the_same_operators_choose_who_joins_leaves_and_goes() {
        Property.forAll(
                random -> {
                    var house = new House(random);
                    var aim = Aim.random(random, house);
                    var aimedAt = new TreeSet<String>();
                    aim.aimedAt(house).forEach(i -> aimedAt.add(house.sockets.get(i).id()));
                    var rooms = house.io.adapter().rooms();

                    aim.broadcast().socketsJoin("new", "new");
                    assertThat(rooms.getOrDefault("new", Set.of()))
                            .containsExactlyInAnyOrderElementsOf(aimedAt);

                    aim.broadcast().socketsLeave("new");
                    assertThat(rooms).doesNotContainKey("new");

                    aim.broadcast().disconnectSockets(random.coin());
                    house.loop.settle();
                    assertThat(house.io.sockets()).hasSize(CLIENTS - aimedAt.size());
                    assertThat(house.io.sockets().keySet())
                            .doesNotContainAnyElementsOf(gone(aimedAt));
                });
    }

    /// Never empty, as the assertion wants it.
    private static Set<String> gone(Set<String> ids) {
        var gone = new HashSet<>(ids);
        gone.add("nobody");
        return gone;
    }

    @Test
    void an_operator_changes_a_copy_only() {
        Property.forAll(
                random -> {
                    var house = new House(random);
                    var all = house.io.of("/").all();

                    all.to("a").except("b");
                    all.emit("x");

                    assertThat(house.whoHeard()).hasSize(CLIENTS);
                });
    }
}
