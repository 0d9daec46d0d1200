// SPDX-License-Identifier: Apache-2.0
package noom.socketio;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import noom.socketio.AckFailedException.Cause;
import noom.socketio.engine.CloseReason;
import noom.socketio.engine.VirtualLoop;
import org.junit.jupiter.api.Test;

/// The server's own ways to end things: `close`, `disconnect`, `disconnectSockets`.
class ShuttingDownTest {
    private final VirtualLoop loop = new VirtualLoop();
    private final SocketIoServer io = new SocketIoServer();
    private final List<Socket> sockets = new ArrayList<>();
    private final List<String> heard = new ArrayList<>();

    private ScriptedClient client() {
        if (sockets.isEmpty()) {
            io.onConnection(this::follow);
            io.of("/b").onConnection(this::follow);
        }
        return ScriptedClient.connected(io, loop);
    }

    private void follow(Socket socket) {
        sockets.add(socket);
        var name = socket.namespace().name();
        socket.onDisconnect(reason -> heard.add(name + " " + reason.text()));
    }

    @Test
    void close_does_nothing_within_the_call() {
        var client = client();

        io.close();
        assertThat(client.isOpen()).isTrue();
        assertThat(heard).isEmpty();

        loop.settle();
        assertThat(client.isOpen()).isFalse();
        assertThat(heard).containsExactly("/ server shutting down");
    }

    @Test
    void close_tells_every_namespace_once_however_often_it_is_called() {
        var client = client();
        client.send("0/b");

        io.close();
        io.close();
        loop.settle();
        io.close();
        loop.settle();

        assertThat(heard)
                .containsExactlyInAnyOrder("/ server shutting down", "/b server shutting down");
        assertThat(io.sockets()).isEmpty();
        assertThat(io.of("/b").sockets()).isEmpty();
    }

    @Test
    void close_does_not_wait_for_a_client_that_takes_nothing() {
        var client = client();
        client.link.setWritable(false);
        sockets.getFirst().emit("never read");

        io.close();
        loop.settle();

        assertThat(client.link.isClosed()).isTrue();
        assertThat(client.take()).isEmpty();
    }

    @Test
    void close_fails_the_answers_that_are_owed() {
        client();
        var answer = sockets.getFirst().emitWithAck(Duration.ofDays(1), "q");
        loop.settle();

        io.close();
        loop.settle();

        assertThat(answer)
                .failsWithin(Duration.ZERO)
                .withThrowableOfType(java.util.concurrent.ExecutionException.class)
                .havingCause()
                .isInstanceOf(AckFailedException.class)
                .withMessage(Cause.DISCONNECTED.name());
    }

    @Test
    void close_ends_a_join_that_middleware_has_not_decided() {
        var waiting = new ArrayList<Middleware.Next>();
        io.use((_, next) -> waiting.add(next));
        var client = new ScriptedClient(io, loop);
        client.send("0");

        io.close();
        loop.settle();
        waiting.getFirst().proceed();
        loop.settle();

        assertThat(client.link.isClosed()).isTrue();
        assertThat(io.sockets()).isEmpty();
        assertThat(io.adapter().sids()).isEmpty();
    }

    @Test
    void a_disconnect_waits_for_what_was_sent_before_it() {
        var client = client();
        client.link.setWritable(false);
        sockets.getFirst().emit("last words");
        sockets.getFirst().disconnect(true);
        loop.settle();
        assertThat(client.link.isClosed()).isFalse();
        assertThat(heard).containsExactly("/ server namespace disconnect");

        client.link.setWritable(true);
        client.drained();

        assertThat(client.take()).containsExactly("2[\"last words\"]", "1");
        assertThat(client.link.isClosed()).isTrue();
    }

    @Test
    void a_disconnected_client_that_takes_nothing_has_thirty_seconds() {
        var client = client();
        loop.advance(Duration.ofSeconds(25)); // the ping, so that no other deadline comes first
        client.sendRaw("3");
        client.link.setWritable(false);
        sockets.getFirst().emit("last words");
        sockets.getFirst().disconnect(true);

        loop.advance(Duration.ofMillis(29_999));
        assertThat(client.link.isClosed()).isFalse();
        loop.advance(Duration.ofMillis(1));

        assertThat(client.link.isClosed()).isTrue();
    }

    @Test
    void disconnecting_twice_says_it_once() {
        var client = client();

        sockets.getFirst().disconnect(false);
        sockets.getFirst().disconnect(false);
        sockets.getFirst().disconnect(true);

        assertThat(client.take()).containsExactly("1");
        assertThat(client.isOpen()).isTrue();
        assertThat(heard).hasSize(1);
    }

    @Test
    void disconnect_sockets_without_close_leaves_the_other_namespace_alone() {
        var client = client();
        client.send("0/b");
        client.take();

        io.of("/b").disconnectSockets(false);

        assertThat(client.take()).containsExactly("1/b,");
        assertThat(heard).containsExactly("/b server namespace disconnect");
        assertThat(client.isOpen()).isTrue();
        client.send("0/b");
        assertThat(client.take()).hasSize(1);
    }

    @Test
    void disconnect_sockets_with_close_ends_connections_with_every_namespace() {
        var both = client();
        both.send("0/b");
        both.take();
        var main = client();

        io.of("/b").disconnectSockets(true);

        assertThat(both.take()).containsExactlyInAnyOrder("1", "1/b,");
        assertThat(both.link.isClosed()).isTrue();
        assertThat(main.isOpen()).isTrue();
        assertThat(heard)
                .containsExactlyInAnyOrder(
                        "/ server namespace disconnect", "/b server namespace disconnect");
    }

    @Test
    void every_end_of_a_session_is_a_reason_of_the_same_name() {
        for (var reason : CloseReason.values()) {
            assertThat(DisconnectReason.of(reason).name()).isEqualTo(reason.name());
            assertThat(DisconnectReason.of(reason).text())
                    .isEqualTo(reason.name().toLowerCase(java.util.Locale.ROOT).replace('_', ' '));
        }
    }

    @Test
    void an_orderly_close_sends_what_waits_and_is_done_when_all_have_gone() {
        var slow = client();
        var quick = client();
        slow.link.setWritable(false);
        io.emit("last words");
        loop.settle();

        var closed = io.close(Duration.ofSeconds(10));
        loop.settle();

        assertThat(heard).containsExactly("/ server shutting down", "/ server shutting down");
        assertThat(quick.link.isClosed()).isTrue();
        assertThat(slow.link.isClosed()).isFalse();
        assertThat(closed).isNotDone();
        slow.link.setWritable(true);
        slow.drained();
        assertThat(slow.take()).containsExactly("2[\"last words\"]");
        assertThat(slow.link.isClosed()).isTrue();
        assertThat(closed).isCompleted();
    }

    @Test
    void an_orderly_close_waits_no_longer_than_it_was_told() {
        var slow = client();
        slow.link.setWritable(false);
        sockets.getFirst().emit("never read");
        loop.settle();

        var closed = io.close(Duration.ofSeconds(3));
        loop.advance(Duration.ofMillis(2_999));
        assertThat(closed).isNotDone();
        loop.advance(Duration.ofMillis(1));

        assertThat(slow.link.isClosed()).isTrue();
        assertThat(closed).isCompleted();
    }

    @Test
    void it_shortens_the_wait_for_those_that_are_closing_already_and_waits_for_them_too() {
        var kicked = client();
        kicked.link.setWritable(false);
        sockets.getFirst().disconnect(true);
        loop.settle();

        var closed = io.close(Duration.ofSeconds(1));
        loop.settle();
        assertThat(closed).isNotDone();
        loop.advance(Duration.ofSeconds(1));

        assertThat(kicked.link.isClosed()).isTrue();
        assertThat(closed).isCompleted();
        assertThat(heard).containsExactly("/ server namespace disconnect");
    }

    @Test
    void a_server_without_connections_is_closed_at_once_and_says_so_to_newcomers() {
        assertThat(io.isClosing()).isFalse();

        assertThat(io.close(Duration.ofSeconds(1))).isCompleted();

        assertThat(io.isClosing()).isTrue();
        assertThat(client().link.isClosed()).isTrue();
    }
}
