// SPDX-License-Identifier: Apache-2.0
package noom.socketio.redis;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// A script of `src/test/node` that takes commands and tells news, one JSON object per line.
final class NodeProcess implements AutoCloseable {
    private static final JsonMapper JSON = JsonMapper.shared();
    private static final long SECONDS = 30;

    private final Process process;
    private final BufferedWriter commands;
    private final AtomicInteger nextId = new AtomicInteger();
    private final Map<Integer, CompletableFuture<JsonNode>> answers = new ConcurrentHashMap<>();
    private final List<JsonNode> news = new ArrayList<>();

    private NodeProcess(Process process) {
        this.process = process;
        this.commands = process.outputWriter(StandardCharsets.UTF_8);
        Thread.ofVirtual().start(this::read);
    }

    /// Starts `node src/test/node/SCRIPT ARGUMENTS`.
    static NodeProcess start(String script, String... arguments) throws IOException {
        var command = new ArrayList<>(List.of("node", "src/test/node/" + script));
        command.addAll(List.of(arguments));
        return new NodeProcess(
                new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start());
    }

    private void read() {
        try (var lines = process.inputReader(StandardCharsets.UTF_8)) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                take(JSON.readTree(line));
            }
        } catch (IOException _) {
            // the process has ended
        }
        answers.values()
                .forEach(open -> open.completeExceptionally(new IOException("node has ended")));
    }

    private void take(JsonNode message) {
        if (message.has("news")) {
            synchronized (news) {
                news.add(message);
                news.notifyAll();
            }
            return;
        }
        var answer = answers.remove(message.get("id").asInt());
        if (message.has("error")) {
            answer.completeExceptionally(new AssertionError(message.get("error").asString()));
        } else {
            answer.complete(message.get("value"));
        }
    }

    /// Sends a command; completes with what it returned there.
    CompletableFuture<JsonNode> begin(String name, Map<String, ?> rest) {
        int id = nextId.incrementAndGet();
        var answer = new CompletableFuture<JsonNode>();
        answers.put(id, answer);
        var message = JSON.createObjectNode();
        message.setAll((tools.jackson.databind.node.ObjectNode) JSON.valueToTree(rest));
        message.put("id", id).put("do", name);
        try {
            synchronized (commands) {
                commands.write(JSON.writeValueAsString(message));
                commands.newLine();
                commands.flush();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return answer.orTimeout(SECONDS, TimeUnit.SECONDS);
    }

    /// Sends a command and waits for its end.
    JsonNode run(String name, Map<String, ?> rest) {
        return begin(name, rest).join();
    }

    /// Waits for news that fit, also such as came before, and takes them out.
    JsonNode await(String what, Predicate<JsonNode> fits) throws InterruptedException {
        long deadlineNanos = System.nanoTime() + TimeUnit.SECONDS.toNanos(SECONDS);
        synchronized (news) {
            while (true) {
                for (var iterator = news.iterator(); iterator.hasNext(); ) {
                    var candidate = iterator.next();
                    if (fits.test(candidate)) {
                        iterator.remove();
                        return candidate;
                    }
                }
                long leftMillis = (deadlineNanos - System.nanoTime()) / 1_000_000;
                if (leftMillis <= 0) {
                    throw new AssertionError("nobody told that " + what + ", but " + news);
                }
                news.wait(leftMillis);
            }
        }
    }

    /// All news that fit so far, oldest first; they stay.
    List<JsonNode> told(Predicate<JsonNode> fits) {
        synchronized (news) {
            return news.stream().filter(fits).toList();
        }
    }

    /// `kill -9`.
    void kill() {
        process.destroyForcibly().onExit().join();
    }

    @Override
    public void close() {
        kill();
    }
}
