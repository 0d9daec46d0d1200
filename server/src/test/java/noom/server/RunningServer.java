// SPDX-License-Identifier: Apache-2.0
package noom.server;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import noom.server.config.ServerConfig;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// The real server on a free port with an empty data folder, one per test.
public final class RunningServer implements BeforeEachCallback, AfterEachCallback {
    private static final JsonMapper JSON = JsonMapper.shared();

    private final HttpClient http = HttpClient.newHttpClient();
    private final List<TestPage> pages = new java.util.ArrayList<>();
    private final List<String> options;
    private Path data;
    private NoomServer server;

    /// @param options of the command line, besides port and data
    public RunningServer(String... options) {
        this.options = List.of(options);
    }

    @Override
    public void beforeEach(ExtensionContext context) throws IOException {
        data = java.nio.file.Files.createTempDirectory("noom-test");
        start();
    }

    /// Starts it on the same data again.
    public void start() throws IOException {
        var line = new java.util.ArrayList<>(List.of("--port", "0", "--data", data.toString()));
        line.addAll(options);
        if (ServerConfig.parse(line) instanceof ServerConfig.Parse.Parsed(ServerConfig config)) {
            server = NoomServer.start(config);
        } else {
            throw new IllegalArgumentException("options " + options);
        }
    }

    /// Stops it; the data stays.
    public void stop() {
        server.close();
    }

    @Override
    public void afterEach(ExtensionContext context) throws IOException {
        pages.forEach(TestPage::close);
        server.close();
        try (var files = java.nio.file.Files.walk(data)) {
            for (Path file : files.sorted(java.util.Comparator.reverseOrder()).toList()) {
                java.nio.file.Files.delete(file);
            }
        }
    }

    /// TCP and UDP port.
    public int port() {
        return server.port();
    }

    /// The folder it keeps everything in.
    public Path data() {
        return data;
    }

    /// A new page, closed at the end of the test.
    public TestPage page() {
        var page = TestPage.open(http, port());
        pages.add(page);
        return page;
    }

    /// Makes a meeting and tells its id.
    public String meeting(String title, boolean listed) {
        var answer =
                post(
                        "/api/meetings",
                        "{\"title\":"
                                + JSON.writeValueAsString(title)
                                + ",\"listed\":"
                                + listed
                                + "}");
        return JSON.readTree(answer.body()).get("id").asString();
    }

    /// A POST of JSON.
    public HttpResponse<String> post(String path, String body) {
        return send(
                HttpRequest.newBuilder(uri(path))
                        .header("content-type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofString(body)));
    }

    /// A GET with headers, given as name, value, name, value.
    public HttpResponse<String> get(String path, String... headers) {
        var request = HttpRequest.newBuilder(uri(path));
        if (headers.length > 0) {
            request.headers(headers);
        }
        return send(request);
    }

    /// The body as JSON.
    public static JsonNode json(HttpResponse<String> response) {
        return JSON.readTree(response.body());
    }

    private URI uri(String path) {
        return URI.create("http://127.0.0.1:" + port() + path);
    }

    private HttpResponse<String> send(HttpRequest.Builder request) {
        try {
            return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
        } catch (IOException | InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
