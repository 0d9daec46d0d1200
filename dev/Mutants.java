// SPDX-License-Identifier: Apache-2.0
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/// Plants one bug after the other in a scratch copy of `rtc` and `sfu`, and sees that the
/// simulation finds it. The bugs are the patch files in `testkit/mutants`.
final class Mutants {
    static final int MOST_SEEDS = 1_000;

    private static final List<String> MODULES = List.of("rtc", "sfu");
    private static final Path SCRATCH = Shell.root("testkit", "target", "mutants");
    private static final Pattern FOUND = Pattern.compile("found by (\\w+) at seed (\\d+)\\R(.*)");

    private Mutants() {}

    /// @return a line for each bug: what found it, and when
    static List<String> run(String only, String testClassPath) {
        var lines = new ArrayList<String>();
        for (Path patch : patches()) {
            String name = patch.getFileName().toString().replace(".patch", "");
            if (only.isEmpty() || name.startsWith(only)) {
                String line = find(name, patch, testClassPath);
                Shell.say(line);
                lines.add(line);
            }
        }
        if (lines.isEmpty()) {
            throw new Shell.Failure("no planted bug '" + only + "'.");
        }
        return lines;
    }

    private static List<Path> patches() {
        try (var files = Files.list(Shell.root("testkit", "mutants"))) {
            return files.filter(file -> file.toString().endsWith(".patch")).sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String find(String name, Path patch, String testClassPath) {
        long start = System.nanoTime();
        var classes = compile(name, patch, testClassPath);
        var command = new ArrayList<>(List.of(Build.javaProgram(), "-ea", "-XX:+UseSerialGC"));
        command.addAll(List.of("-cp", classes + File.pathSeparator + testClassPath));
        command.addAll(List.of("noom.sfu.sim.SimulationRun", "1", "" + MOST_SEEDS));
        var outcome = Shell.capture(Shell.ROOT, command);
        var found = FOUND.matcher(outcome.output());
        if (!found.find()) {
            throw new Shell.Failure(
                    name + " is not found in " + MOST_SEEDS + " seeds:\n" + outcome.output());
        }
        return "%s: found by %s at seed %s, %.0f s: %s"
                .formatted(
                        name,
                        found.group(1).toLowerCase(Locale.ROOT),
                        found.group(2),
                        (System.nanoTime() - start) / 1e9,
                        found.group(3));
    }

    /// @return where the classes with the bug are; they go before those without
    private static Path compile(String name, Path file, String testClassPath) {
        var root = SCRATCH.resolve(name);
        var classes = root.resolve("classes");
        try {
            Files.createDirectories(classes);
            var patch = Patch.parse(Files.readAllLines(file));
            var sources = new ArrayList<String>();
            for (String module : MODULES) {
                copy(Shell.root(module, "src", "main", "java"), root.resolve(module), sources);
            }
            var place = Path.of(patch.path());
            var changed =
                    root.resolve(place.getName(0))
                            .resolve(place.subpath(4, place.getNameCount()).toString());
            var lines = Files.readAllLines(changed);
            if (!patch.fits(lines)) {
                throw new Shell.Failure(name + " cannot be planted in " + patch.path() + ".");
            }
            Files.write(changed, patch.applyTo(lines));
            var list = Files.write(root.resolve("sources.txt"), sources);
            var javac = Path.of(Build.javaProgram()).resolveSibling("javac").toString();
            var command = List.of(javac, "-nowarn", "-d", "" + classes, "-cp", testClassPath);
            Shell.run(Shell.ROOT, Shell.concat(command, List.of("@" + list)));
            return classes;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// All but what would make a module of it.
    private static void copy(Path from, Path to, List<String> sources) throws IOException {
        try (var files = Files.walk(from)) {
            for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
                if (!file.endsWith("module-info.java")) {
                    var copy = to.resolve(from.relativize(file).toString());
                    Files.createDirectories(copy.getParent());
                    Files.write(copy, Files.readAllBytes(file));
                    sources.add(copy.toString());
                }
            }
        }
    }
}
