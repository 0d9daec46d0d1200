// SPDX-License-Identifier: Apache-2.0
package noom.bench.run;

import io.vertx.core.json.JsonObject;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/// A program that takes a line of command on stdin and answers with a line of JSON on stdout, and
/// ends when its stdin does: so it does not outlive this one.
public final class LineProcess implements AutoCloseable {
    private static final long ANSWER_SECONDS = 120;
    private static final long END_SECONDS = 10;
    private static final String ENDED = "";

    private final String name;
    private final Process process;
    private final BufferedWriter commands;
    private final BlockingQueue<String> answers = new LinkedBlockingQueue<>();

    private LineProcess(String name, Process process) {
        this.name = name;
        this.process = process;
        this.commands = process.outputWriter(StandardCharsets.US_ASCII);
        var output = process.inputReader(StandardCharsets.UTF_8);
        Thread.ofVirtual().name(name).start(() -> read(output));
    }

    /// Starts one.
    ///
    /// @param name for people
    public static LineProcess start(String name, List<String> command) {
        try {
            var process =
                    new ProcessBuilder(command)
                            .redirectError(ProcessBuilder.Redirect.INHERIT)
                            .start();
            return new LineProcess(name, process);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void read(BufferedReader output) {
        try (output) {
            output.lines().forEach(answers::add);
        } catch (IOException | UncheckedIOException _) {
            // it has ended, which is told next
        }
        answers.add(ENDED);
    }

    long pid() {
        return process.pid();
    }

    /// Gives a command.
    void tell(String command) {
        try {
            commands.write(command);
            commands.newLine();
            commands.flush();
        } catch (IOException e) {
            throw new UncheckedIOException(name + " is gone", e);
        }
    }

    /// Waits for the next answer.
    ///
    /// @param at what kind of answer it must be
    JsonObject answer(String at) {
        try {
            var line = answers.poll(ANSWER_SECONDS, TimeUnit.SECONDS);
            if (line == null) {
                throw new BenchException(name + " did not answer in time.");
            }
            if (line.equals(ENDED)) {
                throw new BenchException(name + " ended before it answered.");
            }
            var answer = new JsonObject(line);
            if (!at.equals(answer.getString("at"))) {
                throw new BenchException(name + " said " + line + ", not " + at + ".");
            }
            return answer;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new BenchException("interrupted while waiting for " + name + ".");
        }
    }

    /// Gives a command and waits for its answer.
    public JsonObject ask(String command, String at) {
        tell(command);
        return answer(at);
    }

    @Override
    public void close() {
        try {
            commands.close();
            if (!process.waitFor(END_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (IOException _) {
            process.destroyForcibly();
        } catch (InterruptedException _) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
