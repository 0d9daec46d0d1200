// SPDX-License-Identifier: Apache-2.0
package noom.socketio;

import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import noom.socketio.engine.EnginePacket;
import noom.socketio.engine.EngineRequest;
import noom.socketio.engine.EngineSession;
import noom.socketio.engine.SessionHost;
import noom.socketio.engine.SessionLoop;
import noom.testkit.Races;
import org.jetbrains.lincheck.datastructures.IntGen;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Param;
import org.jetbrains.lincheck.datastructures.Validate;
import org.junit.jupiter.api.Test;

/// What loops and handler threads share beside rooms and sessions.
class SharedStateRaceTest {
    @Test
    void a_handler_that_was_added_stays_whatever_is_removed_meanwhile() {
        Races.model(HandlersOfOneName.class);
    }

    @Test
    void who_is_in_a_namespace_finds_it_and_the_last_takes_it_away() {
        Races.model(NamespaceOnDemand.class);
    }

    @Test
    void connections_without_a_namespace_are_counted_and_bounded() {
        Races.model(WaitingConnections.class);
    }

    @Test
    void of_all_who_answer_one_does() {
        Races.model(OneAnswer.class);
    }

    @Test
    void whoever_comes_while_the_server_closes_is_shut_down() {
        Races.model(ServerThatCloses.class);
    }

    @Test
    void loops_that_send_one_message_write_the_same() {
        Races.modelSideBySide(OneMessage.class);
    }

    @Param(name = "handler", gen = IntGen.class, conf = "0:1")
    public static final class HandlersOfOneName {
        private static final List<SocketHandler<EventArguments>> HANDLERS =
                List.of(_ -> {}, _ -> {});

        private final Listeners listeners = new Listeners();

        @Operation
        public void add(@Param(name = "handler") int handler) {
            listeners.add("event", HANDLERS.get(handler));
        }

        @Operation
        public void remove(@Param(name = "handler") int handler) {
            listeners.remove("event", HANDLERS.get(handler));
        }

        @Operation
        public void removeAll() {
            listeners.remove("event");
        }

        @Operation
        public String handlers() {
            var found = new StringBuilder();
            listeners.named("event").forEach(handler -> found.append(HANDLERS.indexOf(handler)));
            return found.toString();
        }
    }

    public static final class NamespaceOnDemand {
        private final SocketIoServer server =
                new SocketIoServer(SocketIoConfig.defaults().withCleanupEmptyChildNamespaces(true));
        private final ParentNamespace parent = server.of(Pattern.compile("^/room$"));

        @Operation
        public boolean visit() {
            var entered = server.enter("/room", null);
            boolean isThere = server.namespaces().get("/room") == entered;
            boolean isChild = parent.children().equals(List.of(entered));
            server.release(entered);
            return isThere && isChild;
        }

        @Validate
        public void nothingStays() {
            if (server.namespaces().containsKey("/room") || !parent.children().isEmpty()) {
                throw new IllegalStateException("an empty namespace stays");
            }
        }
    }

    public static final class WaitingConnections {
        private static final int MAX = 1;

        private static final List<Connection> CONNECTIONS =
                Stream.generate(WaitingConnections::connection).limit(32).toList();

        private final AtomicInteger next = new AtomicInteger();
        private final Unconnected unconnected = new Unconnected(MAX);

        @Operation
        public void come() {
            unconnected.add(nextConnection());
        }

        @Operation
        public void comeAndJoin() {
            var connection = nextConnection();
            unconnected.add(connection);
            unconnected.remove(connection);
        }

        @Validate
        public void countIsTrue() {
            int before = unconnected.count();
            unconnected.add(nextConnection()); // evicts the only one there may be
            if (before > MAX || unconnected.count() != 1) {
                throw new IllegalStateException(before + ", then " + unconnected.count());
            }
        }

        private Connection nextConnection() {
            return CONNECTIONS.get(next.getAndIncrement());
        }

        private static Connection connection() {
            return (Connection) SERVER.accept(session(), new Host(), REQUEST);
        }
    }

    /// Few come: with many each turn takes long, and there is nothing more to be found.
    public static final class ServerThatCloses {
        private static final List<EngineSession> SESSIONS =
                Stream.generate(SharedStateRaceTest::session).limit(32).toList();

        private final SocketIoServer server = new SocketIoServer();
        private final AtomicInteger next = new AtomicInteger();
        private final ConcurrentLinkedQueue<Host> hosts = new ConcurrentLinkedQueue<>();

        @Operation(runOnce = true)
        public void comeFirst() {
            come();
        }

        @Operation(runOnce = true)
        public void comeSecond() {
            come();
        }

        private void come() {
            var host = new Host();
            hosts.add(host);
            server.accept(SESSIONS.get(next.getAndIncrement()), host, REQUEST);
        }

        @Operation(runOnce = true)
        public void close() {
            server.close();
        }

        @Validate
        public void nobodyIsForgotten() {
            if (server.isClosing() && hosts.stream().anyMatch(host -> host.tasks.isEmpty())) {
                throw new IllegalStateException("a connection was not shut down");
            }
        }
    }

    public static final class OneMessage {
        private final EnginePacket.TextMessage text = EnginePacket.TextMessage.of("hi");
        private final EnginePacket.BinaryMessage binary =
                EnginePacket.BinaryMessage.of(new byte[] {1});

        @Operation
        public String frame() {
            return HexFormat.of().formatHex(text.frame().bytes());
        }

        @Operation
        public String part() {
            return binary.encoded();
        }
    }

    private static final SocketIoServer SERVER = new SocketIoServer();
    private static final EngineRequest REQUEST =
            new EngineRequest("GET", "/", Map.of(), Map.of(), "192.0.2.1", true, false);

    private static EngineSession session() {
        return new EngineSession("secret", SERVER.config().engine(), 0);
    }

    /// A loop that is never run.
    private static final class Host implements SessionHost, SessionLoop {
        private final ConcurrentLinkedQueue<Runnable> tasks = new ConcurrentLinkedQueue<>();

        @Override
        public SessionLoop loop() {
            return this;
        }

        @Override
        public void execute(Runnable task) {
            tasks.add(task);
        }

        @Override
        public boolean isCurrent() {
            return false;
        }

        @Override
        public long nowNanos() {
            return Duration.ofSeconds(1).toNanos();
        }

        @Override
        public long epochMillis() {
            return 0;
        }

        @Override
        public String newId() {
            return "id";
        }

        @Override
        public void rearm() {}

        @Override
        public Executor newHandlerThread() {
            return tasks::add;
        }

        @Override
        public Executor callbacks() {
            return tasks::add;
        }
    }

    public static final class OneAnswer {
        private final AtomicInteger answers = new AtomicInteger();
        private final EventArguments event =
                new EventArguments(List.of("question"), _ -> answers.incrementAndGet());
        private final AtomicInteger said = new AtomicInteger();
        private final ServerSideEvent remark =
                new ServerSideEvent(List.of("question"), _ -> said.incrementAndGet());

        @Operation
        public void ack() {
            event.ack("yes");
        }

        @Operation
        public void answer() {
            remark.answer("yes");
        }

        @Validate
        public void atMostOne() {
            if (answers.get() > 1 || said.get() > 1) {
                throw new IllegalStateException("answered twice");
            }
        }
    }
}
