// SPDX-License-Identifier: Apache-2.0
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/// Long runs whose results are kept as text in `bench/results/`.
///
/// `fuzz` gives every parser [#INPUTS] inputs, `limits` breaks every limit of the Socket.IO server
/// while a bystander watches. A block may be run alone, and one target of `fuzz` by its name.
final class Deep {
    private static final long INPUTS = 5_000_000;
    private static final int BRIEF_SECONDS = 5;
    private static final Pattern DONE = Pattern.compile("Done (\\d+) runs in (\\d+) second");

    private Deep() {}

    private record Target(String module, String className) {
        String shortName() {
            return className.substring(className.lastIndexOf('.') + 1);
        }
    }

    static int run(List<String> words) {
        Setup.forBuild();
        Setup.npm(Build.CLIENT_BUNDLE);
        Shell.run(Shell.ROOT, Build.maven("-Dspotless.check.skip", "process-test-classes"));
        boolean all = words.isEmpty();
        if (all || words.getFirst().equals("fuzz")) {
            fuzz(words.size() > 1 ? words.get(1) : "");
        }
        if (all || words.getFirst().equals("limits")) {
            limits();
        }
        return 0;
    }

    /// Every target for a few seconds, as a tier of `./noom test`.
    static int fuzzBriefly() {
        Shell.run(Shell.ROOT, Build.maven("-Dspotless.check.skip", "process-test-classes"));
        var targets = targets();
        // Side by side: half of each run is the start of its virtual machine.
        targets.parallelStream()
                .map(target -> report(target, fuzz(target, "-max_total_time=" + BRIEF_SECONDS)))
                .toList()
                .forEach(Shell::say);
        if (targets.isEmpty()) {
            throw new Shell.Failure("found no fuzz targets.");
        }
        return targets.size();
    }

    private static void fuzz(String only) {
        var lines = new ArrayList<String>();
        for (var target : targets()) {
            if (only.isEmpty() || target.shortName().equals(only)) {
                String line = report(target, fuzz(target, "-runs=" + INPUTS));
                Shell.say(line);
                lines.add(line);
            }
        }
        keep("fuzz" + (only.isEmpty() ? "" : "-" + only) + ".txt", lines);
    }

    private static String report(Target target, Shell.Outcome outcome) {
        var done = DONE.matcher(outcome.output());
        if (outcome.exitCode() != 0 || !done.find()) {
            throw new Shell.Failure(
                    target.className() + " found something:\n" + tail(outcome.output()));
        }
        return "%s: %,d inputs in %s s, 0 uncaught"
                .formatted(target.shortName(), Long.parseLong(done.group(1)), done.group(2));
    }

    private static String tail(String output) {
        return output.substring(Math.max(0, output.length() - 4_000));
    }

    private static Shell.Outcome fuzz(Target target, String limit) {
        var folder = Shell.root(".noom", "fuzz", target.shortName());
        try {
            Files.createDirectories(folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        var command = new ArrayList<>(List.of(Build.javaProgram(), "-ea", "-Xmx1g"));
        command.add("-XX:+EnableDynamicAgentLoading");
        command.add("--enable-native-access=ALL-UNNAMED");
        command.add("--sun-misc-unsafe-memory-access=allow");
        command.addAll(List.of("-cp", testClassPath(target.module())));
        command.add("com.code_intelligence.jazzer.Jazzer");
        command.addAll(List.of("--target_class=" + target.className(), limit));
        return Shell.capture(folder, command);
    }

    private static String testClassPath(String module) {
        return Build.classPath(module, "test-classes", "test-classpath.txt")
                + File.pathSeparator
                + Shell.root(module, "target", "classes");
    }

    private static List<Target> targets() {
        var targets = new ArrayList<Target>();
        for (String module : Build.modules()) {
            var sources = Shell.root(module, "src", "test", "java");
            if (!Files.isDirectory(sources)) {
                continue;
            }
            try (var files = Files.walk(sources)) {
                files.filter(file -> file.toString().endsWith("FuzzTest.java"))
                        .map(file -> sources.relativize(file).toString())
                        .map(name -> name.replace(".java", "").replace(File.separatorChar, '.'))
                        .sorted()
                        .forEach(name -> targets.add(new Target(module, name)));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return targets;
    }

    private static void limits() {
        var outcome =
                Shell.capture(
                        Shell.ROOT,
                        List.of(
                                Build.javaProgram(),
                                "--enable-native-access=ALL-UNNAMED",
                                "-cp",
                                testClassPath("socketio-vertx"),
                                "noom.socketio.vertx.OverLimitRun"));
        Shell.say(outcome.output());
        if (outcome.exitCode() != 0) {
            throw new Shell.Failure("a limit does not hold.");
        }
        keep("limits.txt", outcome.output().lines().toList());
    }

    private static void keep(String name, List<String> lines) {
        Path file = Shell.root("bench", "results", name);
        try {
            Files.createDirectories(file.getParent());
            var text = new ArrayList<String>();
            text.add("# ./noom deep, " + LocalDate.now());
            text.addAll(lines);
            Files.write(file, text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
