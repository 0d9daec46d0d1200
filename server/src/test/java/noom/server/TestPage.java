// SPDX-License-Identifier: Apache-2.0
package noom.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// A page reduced to its signalling: speaks Socket.IO over one WebSocket and remembers what it
/// hears.
public final class TestPage implements WebSocket.Listener, AutoCloseable {
    private static final JsonMapper JSON = JsonMapper.shared();
    private static final int SECONDS = 30;

    private final Map<Integer, CompletableFuture<JsonNode>> answers = new ConcurrentHashMap<>();
    private final LinkedBlockingQueue<JsonNode> heard = new LinkedBlockingQueue<>();
    private final CompletableFuture<Void> connected = new CompletableFuture<>();
    private final CompletableFuture<Void> closed = new CompletableFuture<>();
    private final AtomicInteger nextAck = new AtomicInteger();
    private final StringBuilder partial = new StringBuilder();
    private final WebSocket socket;

    private TestPage(HttpClient http, int port) {
        socket =
                http.newWebSocketBuilder()
                        .buildAsync(
                                URI.create(
                                        "ws://127.0.0.1:"
                                                + port
                                                + "/socket.io/?EIO=4&transport=websocket"),
                                this)
                        .join();
    }

    /// Opens a page of the server on this port.
    public static TestPage open(HttpClient http, int port) {
        var page = new TestPage(http, port);
        page.connected.orTimeout(SECONDS, TimeUnit.SECONDS).join();
        return page;
    }

    @Override
    public CompletionStage<?> onText(WebSocket from, CharSequence text, boolean last) {
        partial.append(text);
        if (last) {
            on(from, partial.toString());
            partial.setLength(0);
        }
        from.request(1);
        return CompletableFuture.completedStage(null);
    }

    @Override
    public CompletionStage<?> onClose(WebSocket from, int code, String reason) {
        closed.complete(null);
        return CompletableFuture.completedStage(null);
    }

    @Override
    public void onError(WebSocket from, Throwable error) {
        closed.complete(null);
    }

    private void on(WebSocket from, String packet) {
        if (packet.startsWith("0")) {
            send(from, "40");
        } else if (packet.equals("2")) {
            send(from, "3");
        } else if (packet.startsWith("40")) {
            connected.complete(null);
        } else if (packet.startsWith("42")) {
            heard.add(JSON.readTree(packet.substring(2)));
        } else if (packet.startsWith("43")) {
            int start = packet.indexOf('[');
            int id = Integer.parseInt(packet.substring(2, start));
            answers.remove(id).complete(JSON.readTree(packet.substring(start)).get(0));
        }
    }

    private synchronized void send(WebSocket to, String packet) {
        to.sendText(packet, true).join();
    }

    /// Asks, and waits for the ack.
    public JsonNode ask(String event, Map<String, ?> request) {
        return asked(event, request).orTimeout(SECONDS, TimeUnit.SECONDS).join();
    }

    /// Asks with any JSON at all.
    public CompletableFuture<JsonNode> asked(String event, Object request) {
        int id = nextAck.getAndIncrement();
        var answer = new CompletableFuture<JsonNode>();
        answers.put(id, answer);
        send(socket, "42" + id + JSON.writeValueAsString(List.of(event, request)));
        return answer;
    }

    /// Joins under a name, as seen for the first time.
    public JsonNode join(String meeting, String name) {
        return join(meeting, name, null, null);
    }

    /// Joins with everything a page may say.
    public JsonNode join(String meeting, String name, String secret, Long lastSeq) {
        var request = new java.util.HashMap<String, Object>();
        request.put("meetingId", meeting);
        request.put("name", name);
        request.put("resumeSecret", secret);
        request.put("lastSeq", lastSeq);
        request.put("devices", Map.of("microphone", true, "camera", false, "screen", false));
        return ask("meeting:join", request);
    }

    /// The body of the next event of this name; events of other names are dropped.
    public JsonNode next(String name) throws InterruptedException {
        while (true) {
            var event = heard.poll(SECONDS, TimeUnit.SECONDS);
            assertThat(event).as("waiting for %s", name).isNotNull();
            if (event.get(0).asString().equals(name)) {
                return event.get(1);
            }
        }
    }

    /// Whether nothing of this name has been heard up to now.
    public boolean heardNothingOf(String name) {
        return heard.stream().noneMatch(event -> event.get(0).asString().equals(name));
    }

    /// Done when the server has closed the connection.
    public CompletableFuture<Void> closed() {
        return closed;
    }

    /// The connection breaks, without a word.
    @Override
    public void close() {
        socket.abort();
    }
}
