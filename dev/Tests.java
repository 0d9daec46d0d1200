// SPDX-License-Identifier: Apache-2.0
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntSupplier;
import java.util.regex.Pattern;

/// The tiers of `./noom test`, quickest first; a tier that cannot run fails the whole by name.
final class Tests {
    private static final Pattern SUREFIRE =
            Pattern.compile(
                    "tests=\"(\\d+)\" errors=\"(\\d+)\" skipped=\"(\\d+)\" failures=\"(\\d+)\"");

    private Tests() {}

    /// @param work throws [Shell.Failure] if it fails, else tells how many tests passed
    private record Tier(String name, IntSupplier work) {
        boolean passes(AtomicInteger passed) {
            Shell.say("── " + name);
            long start = System.nanoTime();
            try {
                int count = work.getAsInt();
                passed.addAndGet(count);
                var took = Duration.ofNanos(System.nanoTime() - start);
                Shell.say("── " + name + ": " + count + " passed in " + took.toSeconds() + " s");
                return true;
            } catch (Shell.Failure e) {
                Shell.say("── " + name + ": FAILED: " + e.getMessage());
                return false;
            }
        }
    }

    /// In this order. Those of one row run side by side: the Java modules leave a processor idle
    /// at their beginning and end.
    private static final List<List<Tier>> TIERS =
            List.of(
                    List.of(new Tier("gates", Tests::gates)),
                    List.of(new Tier("java", Tests::java), new Tier("web", Tests::web)),
                    List.of(new Tier("fuzz", () -> Deep.fuzzBriefly())),
                    List.of(new Tier("e2e", () -> Browsers.run(List.of()))));

    static int run(List<String> words) {
        if (!words.isEmpty() && !words.getFirst().equals("--without")) {
            return module(words);
        }
        var without = words.isEmpty() ? words : words.subList(1, words.size());
        for (String name : without) {
            if (TIERS.stream().flatMap(List::stream).noneMatch(t -> t.name().equals(name))) {
                throw new Shell.Failure("no tier '" + name + "'.");
            }
        }
        Setup.forBuild();
        Setup.npm(Build.NPM_FOLDERS);
        var passed = new AtomicInteger();
        var failed = new ConcurrentLinkedQueue<String>();
        for (var row : TIERS) {
            row.parallelStream()
                    .forEach(
                            tier -> {
                                if (without.contains(tier.name())) {
                                    Shell.say("── " + tier.name() + ": left out as asked");
                                } else if (!tier.passes(passed)) {
                                    failed.add(tier.name());
                                }
                            });
        }
        if (!failed.isEmpty()) {
            Shell.say("Failed: " + String.join(", ", failed));
        }
        Shell.say(passed + " passed, " + failed.size() + " failed");
        return failed.isEmpty() && passed.get() > 0 ? 0 : 1;
    }

    private static int gates() {
        var violations = Gates.check(Shell.ROOT);
        violations.forEach(Shell::say);
        if (!violations.isEmpty()) {
            throw new Shell.Failure(violations.size() + " rules of the house are broken.");
        }
        return 1 + GatesTest.run();
    }

    private static int java() {
        Build.page(); // the server packs it
        Setup.forJavaTests();
        deleteReports();
        // The next tier fuzzes, whose agent would slow down everything here; races are looked for
        // at length by `./noom deep races`, and briefly when a module is tested alone.
        String excludes = "-Dsurefire.excludes=**/*FuzzTest.java,**/*RaceTest.java";
        // Each module's JVM lives for seconds: what the second compiler would gain, it costs first.
        String brief = "-DargLine=-XX:TieredStopAtLevel=1";
        Build.compiling(() -> Shell.run(Shell.ROOT, Build.maven("-T2", excludes, brief, "test")));
        return surefire();
    }

    private static int web() {
        return scripts(Build.WEB, List.of("format", "lint", "typecheck", "test"))
                + scripts(Build.OFFICIAL_SERVER, List.of("format", "lint"))
                + scripts(Build.E2E, List.of("format", "lint", "typecheck"));
    }

    private static int scripts(Path folder, List<String> names) {
        Setup.npm(folder);
        for (String name : names) {
            Shell.run(folder, List.of("npm", "run", "--silent", name));
        }
        return names.size();
    }

    static int browsers(List<String> words) {
        Setup.forBuild();
        Browsers.run(words);
        return 0;
    }

    static int shots() {
        Setup.forBuild();
        return Browsers.shots();
    }

    private static int module(List<String> words) {
        Setup.forBuild();
        String module = words.getFirst();
        switch (module) {
            case "gates" -> gates();
            case "web" -> web();
            case "e2e" -> Browsers.run(words.subList(1, words.size()));
            default -> javaModule(module, words.subList(1, words.size()));
        }
        return 0;
    }

    private static void javaModule(String module, List<String> names) {
        if (!Build.modules().contains(module)) {
            throw new Shell.Failure(
                    "no module '" + module + "'; there are " + Build.modules() + ", web and e2e.");
        }
        Setup.forJavaTests();
        var command =
                new ArrayList<>(Build.maven("-Dspotless.check.skip", "test", "-pl", module, "-am"));
        if (!names.isEmpty()) {
            command.add("-Dtest=" + names.getFirst());
            command.add("-Dsurefire.failIfNoSpecifiedTests=false");
        }
        Shell.run(Shell.ROOT, Map.of(), command);
    }

    private static void deleteReports() {
        reports()
                .forEach(
                        file -> {
                            try {
                                Files.delete(file);
                            } catch (IOException e) {
                                throw new UncheckedIOException(e);
                            }
                        });
    }

    /// Adds up what Surefire wrote: the counts are the tests' own, not ours.
    private static int surefire() {
        int passed = 0;
        for (Path report : reports()) {
            try {
                var counts = SUREFIRE.matcher(Files.readString(report));
                if (counts.find()) {
                    if (!counts.group(3).equals("0")) {
                        throw new Shell.Failure(report + " has skipped tests.");
                    }
                    passed += Integer.parseInt(counts.group(1));
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return passed;
    }

    private static List<Path> reports() {
        var reports = new ArrayList<Path>();
        for (String module : Build.modules()) {
            var folder = Shell.root(module, "target", "surefire-reports");
            if (Files.isDirectory(folder)) {
                try (var files = Files.list(folder)) {
                    files.filter(f -> f.getFileName().toString().matches("TEST-.*\\.xml"))
                            .forEach(reports::add);
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            }
        }
        return reports;
    }
}
