// SPDX-License-Identifier: Apache-2.0
package noom.bench.load;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.ServerWebSocket;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// The load client against a server that follows a script.
class LoadClientTest {
    private static final int STALL_MILLIS = 100;

    private final Vertx vertx = Vertx.vertx();
    private final LinkedBlockingQueue<ServerWebSocket> joined = new LinkedBlockingQueue<>();
    private final LinkedBlockingQueue<String> pongs = new LinkedBlockingQueue<>();
    private final PipedOutputStream commands = new PipedOutputStream();
    private BufferedReader answers;
    private Thread running;

    @BeforeEach
    void start() throws Exception {
        var input = new PipedInputStream(commands);
        var output = new PipedOutputStream();
        answers =
                new BufferedReader(
                        new InputStreamReader(
                                new PipedInputStream(output), StandardCharsets.US_ASCII));
        var client = new LoadClient(new PrintStream(output, true, StandardCharsets.US_ASCII));
        running =
                Thread.ofPlatform()
                        .start(
                                () -> {
                                    try {
                                        client.obeyAll(input);
                                    } catch (IOException e) {
                                        throw new UncheckedIOException(e);
                                    }
                                });
        assertThat(answers.readLine()).isEqualTo("{\"at\":\"ready\"}");
    }

    @AfterEach
    void stop() throws Exception {
        commands.close();
        running.join();
        vertx.close().await(30, TimeUnit.SECONDS);
    }

    @Test
    void counts_events_and_nothing_else() throws Exception {
        int port = listen(this::letIn);

        assertThat(ask("open " + port + " 2")).isEqualTo(tally("opened", 2, 0, 0, 0));
        var first = joined.poll(30, TimeUnit.SECONDS);
        var second = joined.poll(30, TimeUnit.SECONDS);
        first.writeTextMessage("42[\"m\",1]");
        first.writeTextMessage("2");
        first.writeTextMessage("42[\"m\",\"" + "x".repeat(200) + "\"]");
        second.writeTextMessage("42[\"m\"]");

        assertThat(ask("expect 3 30000")).isEqualTo(tally("heard", 2, 0, 3, 9 + 210 + 7));
        assertThat(pongs.poll(30, TimeUnit.SECONDS)).isEqualTo("3");
        assertThat(ask("count")).isEqualTo(tally("counted", 2, 0, 3, 226));
        assertThat(pongs).isEmpty();
    }

    @Test
    void tells_what_has_come_when_nothing_comes_any_more() throws Exception {
        int port = listen(this::letIn);
        ask("open " + port + " 1");

        joined.poll(30, TimeUnit.SECONDS).writeTextMessage("42[\"m\"]");
        ask("expect 1 30000");

        assertThat(ask("expect 2 " + STALL_MILLIS)).isEqualTo(tally("heard", 1, 0, 1, 7));
    }

    @Test
    void who_is_not_let_in_is_lost() throws Exception {
        int refusing =
                vertx.createHttpServer()
                        .requestHandler(request -> request.response().setStatusCode(400).end())
                        .listen(0, "127.0.0.1")
                        .await(30, TimeUnit.SECONDS)
                        .actualPort();

        assertThat(ask("open " + refusing + " 3")).isEqualTo(tally("opened", 0, 3, 0, 0));
    }

    @Test
    void who_is_refused_by_the_namespace_is_lost() throws Exception {
        int port =
                listen(
                        socket -> {
                            socket.writeTextMessage("0{}");
                            socket.textMessageHandler(_ -> socket.writeTextMessage("44{}"));
                        });

        assertThat(ask("open " + port + " 1")).isEqualTo(tally("opened", 0, 1, 0, 0));
    }

    @Test
    void who_hears_what_it_does_not_understand_is_lost() throws Exception {
        int port = listen(this::letIn);
        ask("open " + port + " 1");

        joined.poll(30, TimeUnit.SECONDS).writeTextMessage("6");

        assertThat(ask("expect 1 " + STALL_MILLIS)).isEqualTo(tally("heard", 0, 1, 0, 0));
    }

    @Test
    void more_clients_than_may_be_on_their_way_at_once_get_in() throws Exception {
        int port = listen(this::letIn);

        assertThat(ask("open " + port + " 150")).isEqualTo(tally("opened", 150, 0, 0, 0));
        assertThat(ask("open " + port + " 1")).isEqualTo(tally("opened", 151, 0, 0, 0));
    }

    private void letIn(ServerWebSocket socket) {
        assertThat(socket.query()).isEqualTo("EIO=4&transport=websocket");
        socket.textMessageHandler(
                text -> {
                    if (text.equals("40")) {
                        socket.writeTextMessage("40{\"sid\":\"x\"}");
                        joined.add(socket);
                    } else {
                        pongs.add(text);
                    }
                });
        socket.writeTextMessage("0{\"sid\":\"y\"}");
    }

    private int listen(io.vertx.core.Handler<ServerWebSocket> script) throws Exception {
        return vertx.createHttpServer()
                .webSocketHandler(script)
                .listen(0, "127.0.0.1")
                .map(HttpServer::actualPort)
                .await(30, TimeUnit.SECONDS);
    }

    private String ask(String command) throws IOException {
        commands.write((command + "\n").getBytes(StandardCharsets.US_ASCII));
        commands.flush();
        return answers.readLine();
    }

    private static String tally(String at, int open, int lost, int events, int eventBytes) {
        return "{\"at\":\"%s\",\"open\":%d,\"lost\":%d,\"events\":%d,\"eventBytes\":%d}"
                .formatted(at, open, lost, events, eventBytes);
    }
}
