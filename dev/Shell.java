// SPDX-License-Identifier: Apache-2.0
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Starts other programs from the repository's root and tells when one fails.
final class Shell {
    static final Path ROOT = Path.of(System.getenv().getOrDefault("NOOM_HOME", ".")).normalize();

    private Shell() {}

    /// Something is missing or failed; the message is one sentence for the user.
    static final class Failure extends RuntimeException {
        private static final long serialVersionUID = 1;

        Failure(String sentence) {
            super(sentence);
        }
    }

    /// What a finished program printed, errors included.
    record Outcome(int exitCode, String output) {}

    static Path root(String first, String... more) {
        return ROOT.resolve(Path.of(first, more));
    }

    /// Runs a program in a folder, its output going to ours.
    ///
    /// @throws Failure when it does not exit with 0
    static void run(Path folder, List<String> command) {
        run(folder, Map.of(), command);
    }

    static void run(Path folder, Map<String, String> environment, List<String> command) {
        int exitCode = exitCode(folder, environment, command);
        if (exitCode != 0) {
            throw new Failure(
                    "'"
                            + String.join(" ", command)
                            + "' in "
                            + display(folder)
                            + " failed ("
                            + exitCode
                            + ").");
        }
    }

    static int exitCode(Path folder, Map<String, String> environment, List<String> command) {
        var builder = new ProcessBuilder(command).directory(folder.toFile()).inheritIO();
        builder.environment().putAll(environment);
        try {
            return waitFor(builder.start());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Waits for a program; it is ended when we are.
    static int waitFor(Process process) {
        var end = new Thread(() -> stop(process));
        Runtime.getRuntime().addShutdownHook(end);
        try {
            int exitCode = process.waitFor();
            Runtime.getRuntime().removeShutdownHook(end);
            return exitCode;
        } catch (InterruptedException _) {
            stop(process);
            return 130;
        } catch (IllegalStateException _) {
            return 130; // shutting down already
        }
    }

    /// Ends a program and what it started, politely first.
    static void stop(Process process) {
        var children = process.descendants().toList();
        children.forEach(ProcessHandle::destroy);
        process.destroy();
        try {
            if (!process.waitFor(java.time.Duration.ofSeconds(10))) {
                process.destroyForcibly();
            }
        } catch (InterruptedException _) {
            process.destroyForcibly();
        }
        children.stream().filter(ProcessHandle::isAlive).forEach(ProcessHandle::destroyForcibly);
    }

    /// Runs a program and keeps what it prints.
    static Outcome capture(Path folder, List<String> command) {
        try {
            var process =
                    new ProcessBuilder(command)
                            .directory(folder.toFile())
                            .redirectErrorStream(true)
                            .start();
            process.getOutputStream().close();
            String output =
                    new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return new Outcome(process.waitFor(), output);
        } catch (IOException e) {
            return new Outcome(127, String.valueOf(e.getMessage()));
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    static Optional<Path> find(String program) {
        for (String folder : System.getenv("PATH").split(java.io.File.pathSeparator)) {
            var file = Path.of(folder, program);
            if (Files.isExecutable(file) && !Files.isDirectory(file)) {
                return Optional.of(file);
            }
        }
        return Optional.empty();
    }

    static List<String> concat(List<String> first, List<String> second) {
        var all = new ArrayList<>(first);
        all.addAll(second);
        return all;
    }

    static String display(Path path) {
        var relative = ROOT.toAbsolutePath().relativize(path.toAbsolutePath()).toString();
        return relative.isEmpty() ? "the repository" : relative;
    }

    static void say(String line) {
        System.out.println(line);
        System.out.flush();
    }
}
