// SPDX-License-Identifier: Apache-2.0
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/// The tiers of `./noom test`, quickest first; a tier that cannot run fails the whole by name.
final class Tests {
    private static final Pattern SUREFIRE =
            Pattern.compile(
                    "tests=\"(\\d+)\" errors=\"(\\d+)\" skipped=\"(\\d+)\" failures=\"(\\d+)\"");

    private Tests() {}

    /// One tier: does its work, throws [Shell.Failure] if it fails, tells how many tests passed.
    private record Tier(String name, java.util.function.IntSupplier work) {}

    private static final List<Tier> TIERS =
            List.of(
                    new Tier("gates", Tests::gates),
                    new Tier("java", Tests::java),
                    new Tier("fuzz", () -> Deep.fuzzBriefly()),
                    new Tier("web", Tests::web),
                    new Tier("e2e", () -> Browsers.run(List.of())));

    static int run(List<String> words) {
        if (!words.isEmpty() && !words.getFirst().equals("--without")) {
            return module(words);
        }
        var without = words.isEmpty() ? words : words.subList(1, words.size());
        for (String name : without) {
            if (TIERS.stream().noneMatch(tier -> tier.name().equals(name))) {
                throw new Shell.Failure("no tier '" + name + "'.");
            }
        }
        Setup.forBuild();
        if (without.isEmpty()) {
            Setup.npm(Build.NPM_FOLDERS);
        }
        int passed = 0;
        var failed = new ArrayList<String>();
        for (var tier : TIERS) {
            if (without.contains(tier.name())) {
                Shell.say("── " + tier.name() + ": left out as asked");
                continue;
            }
            try {
                passed += timed(tier);
            } catch (Shell.Failure e) {
                Shell.say("── " + tier.name() + ": FAILED: " + e.getMessage());
                failed.add(tier.name());
            }
        }
        if (!failed.isEmpty()) {
            Shell.say("Failed: " + String.join(", ", failed));
        }
        Shell.say(passed + " passed, " + failed.size() + " failed");
        return failed.isEmpty() && passed > 0 ? 0 : 1;
    }

    private static int timed(Tier tier) {
        Shell.say("── " + tier.name());
        long start = System.nanoTime();
        int passed = tier.work().getAsInt();
        var took = Duration.ofNanos(System.nanoTime() - start);
        Shell.say("── " + tier.name() + ": " + passed + " passed in " + took.toSeconds() + " s");
        return passed;
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
        Build.compiling(() -> Shell.run(Shell.ROOT, Build.maven("-T2", excludes, "test")));
        return surefire();
    }

    private static int web() {
        return scripts(Build.WEB, List.of("format", "lint", "typecheck", "test"))
                + scripts(Build.OFFICIAL_SERVER, List.of("format", "lint"));
    }

    /// Each of them does its work on one processor: side by side.
    static int scripts(Path folder, List<String> names) {
        Setup.npm(folder);
        names.parallelStream()
                .forEach(name -> Shell.run(folder, List.of("npm", "run", "--silent", name)));
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
