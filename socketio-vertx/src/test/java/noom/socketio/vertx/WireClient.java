// SPDX-License-Identifier: Apache-2.0
package noom.socketio.vertx;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/// Plain HTTP and WebSocket against a server under test; every wait has a limit of 30 s.
final class WireClient implements AutoCloseable {
    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final String base;

    WireClient(TestServer server, String path) {
        this.base = server.url() + path;
    }

    HttpResponse<String> get(String query, String... headers) throws Exception {
        return send("GET", query, HttpRequest.BodyPublishers.noBody(), headers);
    }

    HttpResponse<byte[]> getBytes(String query, String... headers) throws Exception {
        return http.send(
                request("GET", query, HttpRequest.BodyPublishers.noBody(), headers),
                HttpResponse.BodyHandlers.ofByteArray());
    }

    HttpResponse<String> post(String query, String body, String... headers) throws Exception {
        return send("POST", query, HttpRequest.BodyPublishers.ofString(body), headers);
    }

    HttpResponse<String> send(
            String method, String query, HttpRequest.BodyPublisher body, String... headers)
            throws IOException, InterruptedException {
        return http.send(
                request(method, query, body, headers), HttpResponse.BodyHandlers.ofString());
    }

    CompletableFuture<HttpResponse<String>> getLater(String query) {
        var request = request("GET", query, HttpRequest.BodyPublishers.noBody());
        return http.sendAsync(request, HttpResponse.BodyHandlers.ofString());
    }

    private HttpRequest request(
            String method, String query, HttpRequest.BodyPublisher body, String... headers) {
        var request = HttpRequest.newBuilder(URI.create(base + query)).method(method, body);
        if (headers.length > 0) {
            request.headers(headers);
        }
        return request.build();
    }

    /// Opens a polling session and returns the query of its next requests.
    String openPolling() throws Exception {
        var open = get("?EIO=4&transport=polling").body();
        var sid = open.replaceFirst(".*\"sid\":\"([^\"]+)\".*", "$1");
        return "?EIO=4&transport=polling&sid=" + sid;
    }

    Frames webSocket(String query, String... headers) throws Exception {
        var frames = new Frames();
        var builder = http.newWebSocketBuilder();
        for (int i = 0; i < headers.length; i += 2) {
            builder.header(headers[i], headers[i + 1]);
        }
        var uri = URI.create(base.replaceFirst("http", "ws") + query);
        frames.socket = builder.buildAsync(uri, frames).get(30, TimeUnit.SECONDS);
        return frames;
    }

    @Override
    public void close() {
        http.shutdownNow();
    }

    /// What came over a WebSocket: texts, `0x…` for binary, `closed`.
    static final class Frames implements WebSocket.Listener {
        private final LinkedBlockingQueue<String> received = new LinkedBlockingQueue<>();
        private final StringBuilder text = new StringBuilder();
        WebSocket socket;

        @Override
        public CompletionStage<?> onText(WebSocket webSocket, CharSequence data, boolean last) {
            text.append(data);
            if (last) {
                received.add(text.toString());
                text.setLength(0);
            }
            webSocket.request(1);
            return null;
        }

        @Override
        public CompletionStage<?> onBinary(WebSocket webSocket, ByteBuffer data, boolean last) {
            var bytes = new byte[data.remaining()];
            data.get(bytes);
            received.add("0x" + HexFormat.of().formatHex(bytes));
            webSocket.request(1);
            return null;
        }

        @Override
        public CompletionStage<?> onClose(WebSocket webSocket, int status, String reason) {
            received.add("closed");
            return null;
        }

        @Override
        public void onError(WebSocket webSocket, Throwable error) {
            received.add("closed");
        }

        Frames say(String text) throws Exception {
            socket.sendText(text, true).get(30, TimeUnit.SECONDS);
            return this;
        }

        /// The next message but pings.
        String next() throws InterruptedException {
            while (true) {
                var message = received.poll(30, TimeUnit.SECONDS);
                if (message == null) {
                    throw new AssertionError("nothing came in 30 s");
                }
                if (!message.equals("2")) {
                    return message;
                }
            }
        }

        String untilClosed() throws InterruptedException {
            var message = next();
            while (!message.equals("closed")) {
                message = next();
            }
            return message;
        }
    }
}
