// SPDX-License-Identifier: Apache-2.0
import static java.util.stream.Collectors.joining;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// Long runs whose results are kept as text in `bench/results/`.
///
/// `fuzz` gives every parser [#INPUTS] inputs, `limits` breaks every limit of the Socket.IO
/// server while a bystander watches, `slow` has a client that stops reading, `bombs` sends what
/// is large after inflating, and `races` looks for races in all classes that threads share.
/// `simulation` runs [#MEETINGS] meetings of the SFU in virtual time, and [#CROWDS] of a hundred
/// people, all of them twice, and `mutants` plants bugs in a copy of it that the simulation must
/// find. `wire` has browsers call across bad wires. `flood` sends garbage beside a call, for 60 s
/// or as many as are given, and `churn` has people come and go, for 10 minutes or as many. A block
/// may be run alone, and one target of `fuzz`, `races` or `mutants` by its name, of `fuzz` with
/// so many million inputs as are given. `fuzz` and `races` go on where they were broken off.
final class Deep {
    private static final long INPUTS = 5_000_000;
    private static final long MILLION = 1_000_000;
    private static final long MIN_BLOCK_INPUTS = 500_000;
    private static final long MAX_BLOCKS = 20;
    private static final int BRIEF_SECONDS = 2;
    private static final int MEETINGS = 2_000;
    private static final int CROWDS = 10;

    /// It starts in less processor time; what it makes faster later would not pay in a few seconds.
    private static final List<String> BRIEF_FLAGS =
            List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC");

    private static final List<String> BLOCKS =
            List.of(
                    "fuzz",
                    "limits",
                    "slow",
                    "bombs",
                    "races",
                    "simulation",
                    "mutants",
                    "wire",
                    "flood",
                    "churn");
    private static final Pattern DONE = Pattern.compile("Done (\\d+) runs in (\\d+) second");

    private Deep() {}

    private record Target(String module, String className) {
        String shortName() {
            return className.substring(className.lastIndexOf('.') + 1);
        }
    }

    static int run(List<String> words) {
        Setup.forBuild();
        Setup.fasterAesGcm();
        Setup.npm(Build.CLIENT_BUNDLE);
        Shell.run(Shell.ROOT, Build.maven("-Dspotless.check.skip", "process-test-classes"));
        boolean all = words.isEmpty();
        String only = words.size() > 1 ? words.get(1) : "";
        for (String block : all ? BLOCKS : List.of(words.getFirst())) {
            switch (block) {
                case "fuzz" -> fuzz(only, words.size() > 2 ? millions(words.get(2)) : INPUTS);
                case "limits" -> figures("OverLimitRun", "limits.txt");
                case "slow" -> figures("SlowConsumerRun", "slow-consumer.txt");
                case "bombs" -> figures("BombRun", "bombs.txt");
                case "races" -> races(only);
                case "simulation" -> simulation();
                case "mutants" -> mutants(only);
                case "wire" -> Browsers.deep();
                case "flood" -> load("FloodRun", only);
                case "churn" -> load("ChurnRun", only);
                default -> throw new Shell.Failure("no block '" + block + "' in " + BLOCKS + ".");
            }
        }
        return 0;
    }

    /// Every target for a few seconds, as a tier of `./noom test`.
    static int fuzzBriefly() {
        Shell.run(Shell.ROOT, Build.maven("-Dspotless.check.skip", "process-test-classes"));
        var targets = targets("FuzzTest.java");
        if (targets.isEmpty()) {
            throw new Shell.Failure("found no fuzz targets.");
        }
        int half = (targets.size() + 1) / 2; // side by side
        return List.of(targets.subList(0, half), targets.subList(half, targets.size()))
                .parallelStream()
                .mapToInt(Deep::briefly)
                .sum();
    }

    /// Several targets in one process, as its start takes longer than a brief look at one.
    private static int briefly(List<Target> targets) {
        var names = targets.stream().map(Target::className).toList();
        var all = new Target("testkit", "noom.testkit.FuzzMedley");
        var limits =
                List.of(
                        "-max_total_time=" + BRIEF_SECONDS * targets.size(),
                        "--target_args=" + String.join(" ", names));
        var modules = Stream.concat(Stream.of(all), targets.stream()).map(Target::module);
        String classPath =
                modules.distinct().map(Deep::testClassPath).collect(joining(File.pathSeparator));
        var outcome = fuzz(all, names.getFirst(), classPath, limits, BRIEF_FLAGS);
        given(all, outcome);
        var told = outcome.output().lines().filter(line -> line.endsWith(" 0 uncaught")).toList();
        told.forEach(Shell::say);
        if (told.size() < targets.size() || told.stream().anyMatch(it -> it.contains(": 0 inp"))) {
            throw new Shell.Failure("a target got nothing: " + told);
        }
        return told.size();
    }

    private static long millions(String word) {
        if (!word.matches("[1-9]\\d{0,5}")) {
            throw new Shell.Failure("'" + word + "' is no number of millions.");
        }
        return Long.parseLong(word) * MILLION;
    }

    private static void fuzz(String only, long inputs) {
        var lines = new ArrayList<String>();
        for (var target : targets("FuzzTest.java")) {
            if (only.isEmpty() || target.shortName().equals(only)) {
                String line = inBlocks(target, inputs).of(target);
                Shell.say(line);
                lines.add(line);
            }
        }
        keep("fuzz" + (only.isEmpty() ? "" : "-" + only) + ".txt", lines);
    }

    /// What one target was given.
    private record Given(long inputs, long seconds) {
        private static final Given NOTHING = new Given(0, 0);

        Given and(Given more) {
            return new Given(inputs + more.inputs, seconds + more.seconds);
        }

        String of(Target target) {
            return "%s: %,d inputs in %d s, 0 uncaught"
                    .formatted(target.shortName(), inputs, seconds);
        }
    }

    /// A run that was broken off goes on after its last whole block.
    private static Given inBlocks(Target target, long inputs) {
        var progress = Shell.root(".noom", "fuzz", target.shortName() + ".progress");
        try {
            var given = Given.NOTHING;
            if (Files.exists(progress)) {
                var words = Files.readString(progress).strip().split(" ");
                given = new Given(Long.parseLong(words[0]), Long.parseLong(words[1]));
            }
            while (given.inputs() < inputs) {
                long whole = Math.max(MIN_BLOCK_INPUTS, inputs / MAX_BLOCKS);
                long block = Math.min(whole, inputs - given.inputs());
                given = given.and(given(target, fuzz(target, "-runs=" + block)));
                Files.writeString(progress, given.inputs() + " " + given.seconds());
            }
            Files.deleteIfExists(progress);
            return given;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Given given(Target target, Shell.Outcome outcome) {
        var done = DONE.matcher(outcome.output());
        if (outcome.exitCode() != 0 || !done.find()) {
            throw new Shell.Failure(
                    target.className() + " found something:\n" + tail(outcome.output()));
        }
        return new Given(Long.parseLong(done.group(1)), Long.parseLong(done.group(2)));
    }

    private static String tail(String output) {
        return output.substring(Math.max(0, output.length() - 4_000));
    }

    private static Shell.Outcome fuzz(Target target, String limit) {
        String classPath = testClassPath(target.module());
        return fuzz(target, target.shortName(), classPath, List.of(limit), List.of());
    }

    /// @param name of the folder that keeps what was found
    private static Shell.Outcome fuzz(
            Target target, String name, String classPath, List<String> limits, List<String> flags) {
        var folder = Shell.root(".noom", "fuzz", name);
        try {
            Files.createDirectories(folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        var command = new ArrayList<>(List.of(Build.javaProgram(), "-ea", "-Xmx1g"));
        command.addAll(flags);
        command.add("-XX:+EnableDynamicAgentLoading");
        command.add("--enable-native-access=ALL-UNNAMED");
        command.add("--sun-misc-unsafe-memory-access=allow");
        command.add("-Dio.netty.leakDetection.level=paranoid"); // as in the other tests
        command.addAll(List.of("-cp", classPath));
        command.add("com.code_intelligence.jazzer.Jazzer");
        command.add("--target_class=" + target.className());
        command.addAll(limits);
        // Ways through our code are looked for, not through libraries: thrice as many inputs.
        command.add("--instrumentation_includes=noom.**");
        // It fails itself on Netty's queues.
        command.add("--disabled_hooks=com.code_intelligence.jazzer.sanitizers.UnsafeSanitizer");
        return Shell.capture(folder, command);
    }

    private static String testClassPath(String module) {
        return Build.classPath(module, "test-classes", "test-classpath.txt")
                + File.pathSeparator
                + Shell.root(module, "target", "classes");
    }

    private static List<Target> targets(String suffix) {
        var targets = new ArrayList<Target>();
        for (String module : Build.modules()) {
            var sources = Shell.root(module, "src", "test", "java");
            if (!Files.isDirectory(sources)) {
                continue;
            }
            try (var files = Files.walk(sources)) {
                files.filter(file -> file.toString().endsWith(suffix))
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

    /// Runs a main class of the tests of `socketio-vertx` that prints figures, and keeps them.
    private static void figures(String mainClass, String file) {
        var command = new ArrayList<>(List.of(Build.javaProgram()));
        command.add("--enable-native-access=ALL-UNNAMED");
        command.add("--sun-misc-unsafe-memory-access=allow");
        command.addAll(List.of("-cp", testClassPath("socketio-vertx")));
        command.add("noom.socketio.vertx." + mainClass);
        var outcome = Shell.capture(Shell.ROOT, command);
        Shell.say(outcome.output());
        if (outcome.exitCode() != 0) {
            throw new Shell.Failure(mainClass + " is not as it should be.");
        }
        keep(file, outcome.output().lines().toList());
    }

    /// Runs a main class of `bench` with load clients, which keeps its result itself.
    private static void load(String mainClass, String length) {
        var command =
                Build.javaCommand("bench", "noom.bench.meeting." + mainClass, Build.SOCKET_NUMBERS);
        var words = length.isEmpty() ? List.<String>of() : List.of(length);
        int code = Shell.exitCode(Shell.root("bench"), Map.of(), Shell.concat(command, words));
        if (code != 0) {
            throw new Shell.Failure(mainClass + " is not as it should be.");
        }
    }

    /// Lincheck at length. What a class came to is kept until all have been looked at.
    private static void races(String only) {
        var lines = new ArrayList<String>();
        var done = Shell.root(".noom", "races");
        for (var target : targets("RaceTest.java")) {
            if (only.isEmpty() || target.shortName().equals(only)) {
                lines.addAll(races(target, done.resolve(target.shortName() + ".txt")));
            }
        }
        if (only.isEmpty()) {
            keep("concurrency.txt", lines);
            targets("RaceTest.java").forEach(target -> forget(done, target));
        }
    }

    private static List<String> races(Target target, Path done) {
        try {
            if (Files.exists(done)) {
                return Files.readAllLines(done);
            }
            var lines = findRaces(target);
            lines.forEach(Shell::say);
            Files.createDirectories(done.getParent());
            return Files.readAllLines(Files.write(done, lines));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<String> findRaces(Target target) {
        long start = System.nanoTime();
        var command = new ArrayList<>(List.of(Build.javaProgram(), "-ea"));
        command.add("-XX:+EnableDynamicAgentLoading");
        command.add("--enable-native-access=ALL-UNNAMED");
        command.add("--sun-misc-unsafe-memory-access=allow");
        command.addAll(List.of("-cp", testClassPath(target.module())));
        command.addAll(List.of("noom.testkit.Races", target.className()));
        var outcome = Shell.capture(Shell.root(target.module()), command);
        var lines = outcome.output().lines().filter(line -> line.endsWith(", no race")).toList();
        if (outcome.exitCode() != 0 || lines.isEmpty()) {
            throw new Shell.Failure(
                    target.className() + " found something:\n" + tail(outcome.output()));
        }
        long seconds = (System.nanoTime() - start) / 1_000_000_000;
        var told = new ArrayList<>(List.of(target.className() + ", " + seconds + " s"));
        lines.forEach(line -> told.add("  " + line));
        return told;
    }

    private static void simulation() {
        var meetings = simulated("1", "" + MEETINGS);
        var crowds = simulated("1", "" + CROWDS, "crowd");
        keep("simulation.txt", List.of(meetings, crowds, "The same again: equal"));
    }

    /// The same meetings twice, side by side: not a datagram may differ.
    private static String simulated(String... arguments) {
        var command = new ArrayList<>(List.of(Build.javaProgram(), "-ea", "-XX:+UseSerialGC"));
        command.addAll(List.of("-cp", testClassPath("sfu"), "noom.sfu.sim.SimulationRun"));
        command.addAll(List.of(arguments));
        var outcomes =
                List.of(command, command).parallelStream()
                        .map(one -> Shell.capture(Shell.ROOT, one))
                        .toList();
        var once = outcomes.getFirst();
        if (once.exitCode() != 0) {
            throw new Shell.Failure("the simulation found something:\n" + tail(once.output()));
        }
        if (!once.equals(outcomes.getLast())) {
            throw new Shell.Failure("a seed does not do the same again:\n" + outcomes);
        }
        Shell.say(once.output().strip());
        return once.output().strip();
    }

    private static void mutants(String only) {
        var lines = Mutants.run(only, testClassPath("sfu"));
        if (only.isEmpty()) {
            keep("mutants.txt", lines);
        }
    }

    private static void forget(Path done, Target target) {
        try {
            Files.deleteIfExists(done.resolve(target.shortName() + ".txt"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
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
