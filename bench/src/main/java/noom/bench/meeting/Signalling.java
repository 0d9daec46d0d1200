// SPDX-License-Identifier: Apache-2.0
package noom.bench.meeting;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BiConsumer;
import noom.bench.run.BenchException;

/// A page's connection for signalling: Socket.IO over one WebSocket.
///
/// Any thread may ask. Events come one after the other on threads of the HTTP client.
final class Signalling implements WebSocket.Listener, AutoCloseable {
    private static final int SECONDS = 60;

    private final Map<Integer, CompletableFuture<JsonObject>> answers = new ConcurrentHashMap<>();
    private final CompletableFuture<Void> connected = new CompletableFuture<>();
    private final AtomicInteger nextAck = new AtomicInteger();
    private final StringBuilder partial = new StringBuilder();
    private final ReentrantLock sending = new ReentrantLock();
    private final BiConsumer<String, JsonObject> events;
    private final WebSocket socket;

    private Signalling(
            HttpClient http, int port, String source, BiConsumer<String, JsonObject> events) {
        this.events = events;
        var uri = URI.create("ws://127.0.0.1:" + port + "/socket.io/?EIO=4&transport=websocket");
        socket =
                http.newWebSocketBuilder()
                        .header("X-Forwarded-For", source)
                        .buildAsync(uri, this)
                        .join();
    }

    /// Connects.
    ///
    /// @param source the address that limits per source are to see; the server believes a proxy on
    ///     its own machine
    /// @param events hears name and body of what the server says by itself
    static Signalling open(
            HttpClient http, int port, String source, BiConsumer<String, JsonObject> events) {
        var opened = new Signalling(http, port, source, events);
        opened.connected.orTimeout(SECONDS, TimeUnit.SECONDS).join();
        return opened;
    }

    @Override
    public CompletionStage<?> onText(WebSocket from, CharSequence text, boolean last) {
        partial.append(text);
        if (last) {
            onPacket(from, partial.toString());
            partial.setLength(0);
        }
        from.request(1);
        return CompletableFuture.completedStage(null);
    }

    private void onPacket(WebSocket from, String packet) {
        if (packet.startsWith("0")) {
            send(from, "40");
        } else if (packet.equals("2")) {
            send(from, "3");
        } else if (packet.startsWith("40")) {
            connected.complete(null);
        } else if (packet.startsWith("42")) {
            var event = new JsonArray(packet.substring(2));
            events.accept(event.getString(0), event.getJsonObject(1));
        } else if (packet.startsWith("43")) {
            int start = packet.indexOf('[');
            var waiting = answers.remove(Integer.valueOf(packet.substring(2, start)));
            if (waiting != null) {
                waiting.complete(new JsonArray(packet.substring(start)).getJsonObject(0));
            }
        }
    }

    private void send(WebSocket to, String packet) {
        sending.lock();
        try {
            to.sendText(packet, true).join();
        } finally {
            sending.unlock();
        }
    }

    /// Asks, and waits for the answer.
    ///
    /// @throws BenchException if it is refused
    JsonObject ask(String event, JsonObject request) {
        int id = nextAck.getAndIncrement();
        var answer = new CompletableFuture<JsonObject>();
        answers.put(id, answer);
        try {
            send(socket, "42" + id + new JsonArray().add(event).add(request).encode());
            var said = answer.orTimeout(SECONDS, TimeUnit.SECONDS).join();
            if (said.getString("kind", "").equals("refused")) {
                throw new BenchException(event + " was refused: " + said.encode());
            }
            return said;
        } catch (CompletionException e) {
            throw new BenchException(event + " was not answered: " + e.getCause());
        }
    }

    /// The connection breaks, without a word.
    @Override
    public void close() {
        socket.abort();
    }
}
