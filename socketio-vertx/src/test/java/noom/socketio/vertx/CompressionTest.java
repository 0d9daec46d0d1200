// SPDX-License-Identifier: Apache-2.0
package noom.socketio.vertx;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Vertx;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import java.util.zip.InflaterInputStream;
import noom.socketio.Socket;
import noom.socketio.SocketIoConfig;
import noom.socketio.SocketIoServer;
import noom.socketio.engine.Compression;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Compression both ways and over both transports, byte by byte; and what is refused.
class CompressionTest {
    private static final String OFFER = "Sec-WebSocket-Extensions: permessage-deflate\r\n";
    private static final int COMPRESSED_TEXT = 0xC1;
    private static final int COMPRESSED_BINARY = 0xC2;
    private static final int PLAIN_TEXT = 0x81;
    private static final int CLOSE = 0x88;
    private static final int MEGABYTE = 1_000_000;

    private TestServer server;

    private void start(Compression compression) {
        start(compression, false);
    }

    private void start(Compression compression, boolean decompression) {
        var defaults = SocketIoConfig.defaults();
        var io = new SocketIoServer(defaults.with(defaults.engine().with(compression)));
        io.onConnection(
                socket -> {
                    socket.on("echo", event -> event.ack(event.get(0)));
                    socket.on("plain", event -> sendPlain(io, socket, event.string(0)));
                    socket.on("size", event -> event.ack(event.string(0).length()));
                });
        var vertx = Vertx.vertx();
        var handler = new SocketIoHandler(vertx, io, ClientBundle.none());
        var options =
                SocketIoHandler.serverOptions(io.config()).setDecompressionSupported(decompression);
        server = TestServer.of(vertx, handler, options);
    }

    /// Says something twice, directly and by a broadcast, that is not to be compressed.
    private static void sendPlain(SocketIoServer io, Socket socket, String text) {
        socket.compress(false).emit("one", text);
        io.to(socket.id()).compress(false).emit("all", text, text.getBytes(UTF_8));
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private RawWebSocket connected(String headers) throws IOException {
        var client = new RawWebSocket(server, headers);
        client.write("40");
        assertThat(client.readMessage().text()).startsWith("40");
        return client;
    }

    /// As RFC 7692 section 7.2.1 says: without the four bytes at the end.
    private static byte[] deflated(String text) {
        var deflater = new Deflater(Deflater.DEFAULT_COMPRESSION, true);
        deflater.setInput(text.getBytes(StandardCharsets.UTF_8));
        var bytes = new byte[text.length() + 100];
        int length = deflater.deflate(bytes, 0, bytes.length, Deflater.SYNC_FLUSH);
        deflater.end();
        return Arrays.copyOf(bytes, length - 4);
    }

    private static String inflated(byte[] payload) throws IOException {
        var whole = Arrays.copyOf(payload, payload.length + 4);
        whole[payload.length + 2] = (byte) 0xFF;
        whole[payload.length + 3] = (byte) 0xFF;
        var in =
                new InflaterInputStream(
                        new ByteArrayInputStream(whole), new java.util.zip.Inflater(true));
        var text = new ByteArrayOutputStream();
        while (in.available() > 0 && text.size() < MEGABYTE) {
            int c = readOrEnd(in);
            if (c < 0) {
                break;
            }
            text.write(c);
        }
        return text.toString(StandardCharsets.UTF_8);
    }

    private static int readOrEnd(InflaterInputStream in) throws IOException {
        try {
            return in.read();
        } catch (java.io.EOFException _) { // the stream goes on with the next message
            return -1;
        }
    }

    @Test
    void nothing_is_compressed_unless_the_settings_say_so() throws Exception {
        start(Compression.NONE);
        try (var client = connected(OFFER)) {
            assertThat(client.answer()).doesNotContainIgnoringCase("sec-websocket-extensions");
            client.write("421[\"echo\",\"" + "x".repeat(5_000) + "\"]");
            assertThat(client.readMessage().head()).isEqualTo(PLAIN_TEXT);
        }
    }

    @Test
    void messages_are_compressed_from_the_threshold_on() throws Exception {
        start(new Compression(true, false, 200));
        try (var client = connected(OFFER)) {
            assertThat(client.answer()).containsIgnoringCase("permessage-deflate");
            int around = "431[\"\"]".length();

            client.write("421[\"echo\",\"" + "x".repeat(199 - around) + "\"]");
            assertThat(client.readMessage().head()).isEqualTo(PLAIN_TEXT);
            client.write("421[\"echo\",\"" + "x".repeat(200 - around) + "\"]");
            var compressed = client.readMessage();

            assertThat(compressed.head()).isEqualTo(COMPRESSED_TEXT);
            assertThat(inflated(compressed.payload()))
                    .isEqualTo("431[\"" + "x".repeat(200 - around) + "\"]");
        }
    }

    @Test
    void what_says_that_it_is_not_to_be_compressed_is_not() throws Exception {
        start(new Compression(true, true, 200));
        var text = "x".repeat(200);
        try (var client = connected(OFFER)) {
            client.write("42[\"plain\",\"" + text + "\"]");

            assertThat(client.readMessage().text()).isEqualTo("42[\"one\",\"" + text + "\"]");
            assertThat(client.readMessage().text()).startsWith("451-[\"all\",\"x");
            assertThat(client.readMessage().text()).isEqualTo(text);
        }
        try (var client = new WireClient(server, "/socket.io/")) {
            var query = client.openPolling();
            client.post(query, "40");
            client.get(query);
            client.post(query, "42[\"plain\",\"" + text + "\"]");

            var answer = client.get(query, "accept-encoding", "gzip");

            assertThat(answer.headers().firstValue("content-encoding")).isEmpty();
            assertThat(answer.body()).startsWith("42[\"one\",\"x");
        }
    }

    @Test
    void who_does_not_offer_it_gets_nothing_compressed() throws Exception {
        start(new Compression(true, true, 0));
        try (var client = connected("")) {
            client.write("421[\"echo\",\"x\"]");
            assertThat(client.readMessage().text()).isEqualTo("431[\"x\"]");
        }
    }

    @Test
    void compressed_and_plain_messages_may_alternate_and_be_fragmented() throws Exception {
        start(new Compression(true, false, MEGABYTE));
        try (var client = connected(OFFER)) {
            var message = deflated("421[\"size\",\"" + "y".repeat(10_000) + "\"]");
            int half = message.length / 2;
            client.write(COMPRESSED_TEXT, deflated("420[\"echo\",0]"));
            client.write("421[\"echo\",1]");
            client.write(0x41, Arrays.copyOf(message, half));
            client.write(0x89, new byte[0]); // a ping in between
            client.write(0x80, Arrays.copyOfRange(message, half, message.length));
            client.write(COMPRESSED_TEXT, deflated("422[\"echo\",2]"));

            assertThat(client.readMessage().text()).isEqualTo("430[0]");
            assertThat(client.readMessage().text()).isEqualTo("431[1]");
            assertThat(client.readMessage().text()).isEqualTo("431[10000]");
            assertThat(client.readMessage().text()).isEqualTo("432[2]");
        }
    }

    @Test
    void a_message_counts_as_it_is_after_inflating() throws Exception {
        start(Compression.ALL);
        try (var client = connected(OFFER)) {
            var most = "421[\"size\",\"" + "0".repeat(MEGABYTE - 13 - 1) + "\"]";
            assertThat(most).hasSize(MEGABYTE);
            client.write(COMPRESSED_TEXT, deflated(most));
            assertThat(client.readMessage().text()).isEqualTo("431[999986]");

            client.write(COMPRESSED_TEXT, deflated(most + " "));
            assertThat(client.readMessage().head()).isEqualTo(CLOSE);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {COMPRESSED_TEXT, COMPRESSED_BINARY})
    void a_bomb_in_a_message_closes_with_1009(int head) throws Exception {
        start(Compression.ALL);
        try (var client = connected(OFFER)) {
            var bomb = deflated("\0".repeat(100 * MEGABYTE));

            client.write(head, bomb);
            var closing = client.readMessage();

            assertThat(closing.head())
                    .as("%,d bytes that become %,d", bomb.length, 100 * MEGABYTE)
                    .isEqualTo(CLOSE);
            assertThat(closing.payload()).startsWith(1009 >> 8, 1009 & 0xFF);
        }
    }

    @Test
    void what_cannot_be_inflated_closes() throws Exception {
        start(Compression.ALL);
        try (var client = connected(OFFER)) {
            client.write(COMPRESSED_TEXT, new byte[] {(byte) 0xFF, (byte) 0xFF, (byte) 0xFF});

            assertThat(client.readMessage().head()).isEqualTo(CLOSE);
        }
    }

    private static byte[] zeros(String coding, int count) throws IOException {
        var bytes = new ByteArrayOutputStream();
        try (var out =
                coding.equals("gzip")
                        ? new GZIPOutputStream(bytes)
                        : new DeflaterOutputStream(bytes)) {
            out.write(new byte[count]);
        }
        return bytes.toByteArray();
    }

    @ParameterizedTest
    @CsvSource({"gzip, false, 415", "deflate, false, 415", "gzip, true, 413", "deflate, true, 413"})
    void a_bomb_in_a_body_is_refused(String coding, boolean vertxInflates, int status)
            throws Exception {
        start(Compression.ALL, vertxInflates);
        try (var client = new WireClient(server, "/socket.io/")) {
            var bomb = zeros(coding, MEGABYTE + 1);

            var answer =
                    client.send(
                            "POST",
                            client.openPolling(),
                            HttpRequest.BodyPublishers.ofByteArray(bomb),
                            "content-encoding",
                            coding);

            assertThat(answer.statusCode())
                    .as("%,d bytes of %s that become %,d", bomb.length, coding, MEGABYTE + 1)
                    .isEqualTo(status);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"br", "zstd", "gzip, gzip", "x"})
    void bodies_of_other_codings_are_refused_and_the_session_stays(String coding) throws Exception {
        start(Compression.ALL);
        try (var client = new WireClient(server, "/socket.io/")) {
            var query = client.openPolling();

            assertThat(client.post(query, "40", "content-encoding", coding).statusCode())
                    .isEqualTo(415);
            assertThat(client.post(query, "40", "content-encoding", "identity").body())
                    .isEqualTo("ok");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "gzip, gzip",
        "'deflate, gzip;q=0.5', gzip",
        "deflate, deflate",
        "'gzip;q=0, deflate', deflate",
        "br, ''",
        "gzip;q=0.0, ''",
        "identity, ''"
    })
    void answers_are_compressed_as_the_client_asks(String accepted, String coding)
            throws Exception {
        start(new Compression(false, true, 0));
        try (var client = new WireClient(server, "/socket.io/")) {
            var answer = client.getBytes("?EIO=4&transport=polling", "accept-encoding", accepted);

            assertThat(answer.headers().firstValue("content-encoding").orElse(""))
                    .isEqualTo(coding);
            var in = new ByteArrayInputStream(answer.body());
            var body =
                    switch (coding) {
                        case "gzip" -> new GZIPInputStream(in).readAllBytes();
                        case "deflate" -> new InflaterInputStream(in).readAllBytes();
                        default -> answer.body();
                    };
            assertThat(new String(body, StandardCharsets.UTF_8)).startsWith("0{\"sid\":");
        }
    }

    @ParameterizedTest
    @CsvSource({"true, 100000", "false, 0"})
    void small_answers_and_all_by_default_are_plain(boolean polling, int threshold)
            throws Exception {
        start(new Compression(true, polling, threshold));
        try (var client = new WireClient(server, "/socket.io/")) {
            var answer = client.get("?EIO=4&transport=polling", "accept-encoding", "gzip");

            assertThat(answer.headers().firstValue("content-encoding")).isEmpty();
            assertThat(answer.body()).startsWith("0{");
        }
    }
}
