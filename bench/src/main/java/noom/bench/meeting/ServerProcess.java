// SPDX-License-Identifier: Apache-2.0
package noom.bench.meeting;

import io.vertx.core.json.JsonObject;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import noom.bench.run.BenchException;

/// The real server as a process of its own, on any free port and with an empty data folder.
///
/// Owner: whoever started it. It ends with this process, too.
final class ServerProcess implements AutoCloseable {
    private static final Pattern LISTENING = Pattern.compile("listening on https?://[^:]+:(\\d+)");
    private static final long END_SECONDS = 10;
    private static final int OK = 200;

    // Connections for later questions would count among the server's open files, now one and
    // now two.
    static {
        System.setProperty("jdk.httpclient.keepalive.timeout", "1");
    }

    private final Process process;
    private final Thread hook;
    private final Path data;
    private final int port;
    private final HttpClient http = HttpClient.newHttpClient();

    private ServerProcess(Process process, Thread hook, Path data, int port) {
        this.process = process;
        this.hook = hook;
        this.data = data;
        this.port = port;
    }

    /// Starts it and waits until it listens.
    ///
    /// @param javaOptions such as the size of its heap
    /// @param options of its own
    static ServerProcess start(List<String> javaOptions, List<String> options) {
        try {
            var data = Files.createTempDirectory("noom-load");
            var command = new ArrayList<>(List.of(jdkTool("java")));
            command.add("--enable-native-access=ALL-UNNAMED");
            command.add("--sun-misc-unsafe-memory-access=allow");
            command.addAll(javaOptions);
            command.addAll(List.of("-cp", System.getProperty("java.class.path")));
            command.add("noom.server.Main");
            command.addAll(List.of("--port", "0", "--data", data.toString(), "--seats", "100"));
            command.addAll(options);
            var process =
                    new ProcessBuilder(command)
                            .redirectError(ProcessBuilder.Redirect.INHERIT)
                            .start();
            var hook = new Thread(process::destroy);
            Runtime.getRuntime().addShutdownHook(hook);
            var output = process.inputReader(StandardCharsets.UTF_8);
            int port = port(output);
            Thread.ofVirtual().start(() -> output.lines().forEach(_ -> {}));
            return new ServerProcess(process, hook, data, port);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static int port(BufferedReader output) throws IOException {
        for (var line = output.readLine(); line != null; line = output.readLine()) {
            var said = LISTENING.matcher(line);
            if (said.find()) {
                return Integer.parseInt(said.group(1));
            }
        }
        throw new BenchException("the server ended before it listened.");
    }

    /// A program of the JDK that runs this one.
    static String jdkTool(String name) {
        return Path.of(System.getProperty("java.home"), "bin", name).toString();
    }

    int port() {
        return port;
    }

    long pid() {
        return process.pid();
    }

    /// What `/admin/state` says.
    JsonObject state() {
        try {
            String token = Files.readString(data.resolve("admin-token")).strip();
            var request =
                    HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/admin/state"))
                            .header("Authorization", "Bearer " + token)
                            .build();
            return new JsonObject(send(request, OK));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Makes a meeting.
    ///
    /// @param source the address that limits per source are to see
    /// @return its id
    String meeting(String source) {
        var request =
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/api/meetings"))
                        .header("Content-Type", "application/json")
                        .header("X-Forwarded-For", source)
                        .POST(
                                HttpRequest.BodyPublishers.ofString(
                                        "{\"title\":\"\",\"listed\":false}"))
                        .build();
        return new JsonObject(send(request, 201)).getString("id");
    }

    private String send(HttpRequest request, int expected) {
        try {
            var answer = http.send(request, HttpResponse.BodyHandlers.ofString());
            if (answer.statusCode() != expected) {
                throw new BenchException(
                        request.uri() + " was answered with " + answer.statusCode() + ".");
            }
            return answer.body();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new BenchException("interrupted while waiting for the server.");
        }
    }

    @Override
    public void close() {
        http.close();
        process.destroy();
        try {
            if (!process.waitFor(END_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
            Runtime.getRuntime().removeShutdownHook(hook);
            try (var files = Files.walk(data)) {
                for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(file);
                }
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
