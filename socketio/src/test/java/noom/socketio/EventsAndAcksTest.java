// SPDX-License-Identifier: Apache-2.0
package noom.socketio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import noom.socketio.AckFailedException.Cause;
import noom.socketio.engine.VirtualLoop;
import org.junit.jupiter.api.Test;

/// Trap 14 of the protocol, and how handlers hear of events.
class EventsAndAcksTest {
    private static final Duration SECOND = Duration.ofSeconds(1);

    private final VirtualLoop loop = new VirtualLoop();
    private final SocketIoServer io = new SocketIoServer();
    private final List<Throwable> errors = new ArrayList<>();

    private ScriptedClient client(SocketHandler<Socket> handler) {
        io.onHandlerError((_, error) -> errors.add(error));
        io.onConnection(handler);
        return ScriptedClient.connected(io, loop);
    }

    private Socket socket() {
        return io.sockets().values().iterator().next();
    }

    private static Cause causeOf(CompletableFuture<AckArguments> answer) {
        try {
            answer.join();
        } catch (CompletionException e) {
            return ((AckFailedException) e.getCause()).reason();
        }
        throw new AssertionError("answered");
    }

    @Test
    void handlers_run_in_the_order_they_were_added_the_catch_all_first() {
        var heard = new ArrayList<String>();
        var client =
                client(
                        socket ->
                                socket.on("a", _ -> heard.add("one"))
                                        .on("a", event -> heard.add("two " + event.string(0)))
                                        .onAny(event -> heard.add("any " + event.name())));

        client.send("2[\"a\",\"x\"]", "2[\"b\"]", "2[7]");

        assertThat(heard).containsExactly("any a", "one", "two x", "any b", "any 7");
    }

    @Test
    void a_name_can_be_forgotten() {
        var heard = new ArrayList<String>();
        var client = client(socket -> socket.on("a", _ -> heard.add("a")).off("a"));

        client.send("2[\"a\"]");

        assertThat(heard).isEmpty();
    }

    @Test
    void arguments_have_types_and_a_wrong_one_is_refused_to_the_client_only() {
        var client =
                client(
                        socket -> {
                            socket.on("text", event -> event.ack(event.string(0)));
                            socket.on("int", event -> event.ack(event.integer(0)));
                            socket.on("all", EventsAndAcksTest::readAll);
                        });

        client.send("21[\"text\",5]", "22[\"int\",1.5]", "23[\"int\"]", "2[\"text\"]");

        var refusal = "[{\"error\":\"bad-argument\"}]";
        assertThat(client.take()).containsExactly("31" + refusal, "32" + refusal, "33" + refusal);
        client.send("24[\"all\",\"s\",1,2.5,true,{\"a\":1},[1],null]");
        assertThat(client.take()).containsExactly("34[\"s\",1,2.5,true,{\"a\":1},[1],null,7]");
        assertThat(errors).isEmpty();
        assertThat(client.isOpen()).isTrue();
    }

    private static void readAll(EventArguments event) {
        event.ack(
                event.string(0),
                event.integer(1),
                event.number(2),
                event.bool(3),
                event.object(4),
                event.array(5),
                event.get(6),
                event.size());
    }

    @Test
    void an_ack_goes_out_once_and_only_if_it_is_wanted() {
        var wanted = new ArrayList<Boolean>();
        var client =
                client(
                        socket ->
                                socket.on(
                                        "a",
                                        event -> {
                                            wanted.add(event.wantsAck());
                                            event.ack("one");
                                            event.ack("two");
                                        }));

        client.send("2[\"a\"]", "29007199254740991[\"a\"]");

        assertThat(client.take()).containsExactly("39007199254740991[\"one\"]");
        assertThat(wanted).containsExactly(false, true);
    }

    @Test
    void an_ack_may_come_later_empty_or_with_binary() {
        var kept = new ArrayList<EventArguments>();
        var client = client(socket -> socket.on("a", kept::add));
        client.send("21[\"a\"]", "22[\"a\"]");

        kept.get(1).ack(new byte[] {1, 2});
        kept.get(0).ack();

        assertThat(client.take())
                .containsExactly("61-2[{\"_placeholder\":true,\"num\":0}]", "0x0102", "31[]");
    }

    @Test
    void the_server_asks_and_the_client_answers() {
        var client = client(_ -> {});

        var first = socket().emitWithAck(SECOND, "q", 1);
        var second = socket().emitWithAck(SECOND, "q", 2);
        assertThat(client.take()).containsExactly("20[\"q\",1]", "21[\"q\",2]");
        client.send("31[\"b\"]", "30[\"a\",2]", "30[\"again\"]", "377[]");

        assertThat(first.join().values()).containsExactly("a", 2);
        assertThat(second.join().string(0)).isEqualTo("b");
        assertThat(client.isOpen()).isTrue();
    }

    @Test
    void an_answer_may_be_binary() {
        var client = client(_ -> {});
        var answer = socket().emitWithAck(SECOND, "q");
        loop.settle();

        client.send("61-0[{\"_placeholder\":true,\"num\":0}]");
        client.sendBinary((byte) 5);

        assertThat(answer.join().bytes(0)).containsExactly(5);
    }

    @Test
    void an_answer_that_does_not_come_fails_at_its_time() {
        client(_ -> {});
        var soon = socket().emitWithAck(SECOND, "q");
        var late = socket().emitWithAck(Duration.ofSeconds(3), "q");

        loop.advance(Duration.ofMillis(999));
        assertThat(soon).isNotDone();
        loop.advance(Duration.ofMillis(1));
        assertThat(causeOf(soon)).isEqualTo(Cause.TIMEOUT);
        assertThat(late).isNotDone();
        loop.advance(Duration.ofSeconds(2));
        assertThat(causeOf(late)).isEqualTo(Cause.TIMEOUT);
    }

    @Test
    void answers_owed_by_a_socket_that_goes_fail_at_once() {
        var client = client(_ -> {});
        var gone = socket();
        var before = gone.emitWithAck(SECOND, "q");
        loop.settle();
        client.hangUp();
        var after = gone.emitWithAck(SECOND, "q");
        loop.settle();

        assertThat(causeOf(before)).isEqualTo(Cause.DISCONNECTED);
        assertThat(causeOf(after)).isEqualTo(Cause.DISCONNECTED);
    }

    @Test
    void reserved_names_and_arguments_without_json_are_refused_to_the_caller() {
        client(_ -> {});
        var socket = socket();

        assertThatThrownBy(() -> socket.emit("disconnect"))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> socket.emit("x", new Object()))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> socket.emitWithAck(SECOND, "x", new Object()))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> io.emit("connect")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void a_handler_that_throws_ends_its_connection_and_no_other() {
        var other = client(socket -> socket.on("a", _ -> failing()));
        var client = ScriptedClient.connected(io, loop);

        client.send("2[\"a\"]");

        assertThat(client.isOpen()).isFalse();
        assertThat(errors).hasSize(1);
        assertThat(other.isOpen()).isTrue();
    }

    private static void failing() {
        throw new IllegalStateException("boom");
    }

    @Test
    void a_handler_may_refuse_with_a_word_of_its_own() {
        var client =
                client(
                        socket ->
                                socket.on(
                                        "a",
                                        _ -> {
                                            throw new EventRefusedException("full", "no seat");
                                        }));

        client.send("21[\"a\"]");

        assertThat(client.take()).containsExactly("31[{\"error\":\"full\"}]");
        assertThat(errors).isEmpty();
    }

    @Test
    void a_socket_remembers_what_it_is_given() {
        client(socket -> socket.data().put("nickname", "Ann"));

        assertThat(socket().data()).containsEntry("nickname", "Ann");
    }
}
