// SPDX-License-Identifier: Apache-2.0
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;

/// The rules of the house that are about source text: budgets, headers, tests, lock files, links,
/// planted bugs.
///
/// What class files show is checked by `HouseRules` in the test kit; formatting and nullness by the
/// compiler's plugins. `GatesTest` plants one violation of each kind and sees that it is found.
final class Gates {
    static final int MAX_FILE_LINES = 800;
    static final int P95_FILE_LINES = 450;
    static final int MAX_METHOD_LINES = 80;
    static final int P95_METHOD_LINES = 35;

    private static final Set<String> CODE = Set.of("java", "ts", "tsx", "css", "mjs", "js");
    private static final Set<String> TESTED_AS_MUCH = Set.of("socketio", "rtc", "sfu", "meeting");
    private static final Set<String> SANS_IO = Set.of("socketio", "rtc", "sfu", "meeting");

    private static final Pattern SLEEP =
            Pattern.compile("Thread\\.sleep|waitForTimeout\\(|TimeUnit\\.\\w+\\.sleep|usleep");
    private static final Pattern DISABLED =
            Pattern.compile(
                    "@Disabled|@Ignore\\b|\\b(?:it|test|describe)\\.(?:skip|only|todo|fixme)\\b|\\bxit\\(");
    private static final Pattern OPEN_END = Pattern.compile("\\b(?:TODO|FIXME|XXX)\\b(?!.*#\\d)");
    private static final Pattern LOCK = Pattern.compile("\\bsynchronized\\b");
    private static final Pattern RESOLVED = Pattern.compile("\"resolved\"\\s*:");
    /// What the oldest supported client brings; only tests run it.
    private static final String OLD_CLIENT = "node_modules/socket.io-client-4.0/node_modules/";

    private static final Pattern LINK = Pattern.compile("\\]\\((?!https?:|#|mailto:)([^)#\\s]+)");

    /// Oldest versions of npm packages without a published advisory.
    private static final Map<String, List<Integer>> NPM_MINIMUMS =
            Map.of(
                    "ws", List.of(8, 21, 0),
                    "socket.io-parser", List.of(4, 2, 7),
                    "engine.io", List.of(6, 6, 7));

    private final Path root;
    private final List<String> violations = new ArrayList<>();
    private final List<Integer> fileLines = new ArrayList<>();
    private final List<Integer> methodLines = new ArrayList<>();
    private final Map<String, int[]> mainAndTestLines = new TreeMap<>();

    private Gates(Path root) {
        this.root = root;
    }

    /// All violations under a folder, each as `file:line: sentence`.
    static List<String> check(Path root) {
        var gates = new Gates(root);
        gates.files().forEach(gates::checkFile);
        gates.checkBudgets();
        return gates.violations;
    }

    private List<Path> files() {
        var files = new ArrayList<Path>();
        try {
            Files.walkFileTree(
                    root,
                    new SimpleFileVisitor<>() {
                        @Override
                        public FileVisitResult preVisitDirectory(Path dir, BasicFileAttributes a) {
                            boolean skip =
                                    !dir.equals(root)
                                            && Build.NOT_SOURCES.contains(
                                                    dir.getFileName().toString());
                            return skip ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
                        }

                        @Override
                        public FileVisitResult visitFile(Path file, BasicFileAttributes a) {
                            files.add(file);
                            return FileVisitResult.CONTINUE;
                        }
                    });
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return files;
    }

    private void checkFile(Path file) {
        String name = file.getFileName().toString();
        String suffix = name.substring(name.lastIndexOf('.') + 1);
        if (CODE.contains(suffix)) {
            checkCode(file, suffix);
        } else if (name.equals("package-lock.json")) {
            checkLockFile(file);
        } else if (name.equals("package.json")) {
            checkNpmSettings(file.resolveSibling(".npmrc"));
        } else if (suffix.equals("md")) {
            checkLinks(file);
        } else if (suffix.equals("patch")) {
            checkPatch(file);
        }
    }

    private void checkCode(Path file, String suffix) {
        var lines = read(file);
        String path = root.relativize(file).toString();
        fileLines.add(lines.size());
        if (lines.size() > MAX_FILE_LINES) {
            report(file, MAX_FILE_LINES + 1, "more than " + MAX_FILE_LINES + " lines");
        }
        if (lines.isEmpty() || !lines.getFirst().contains("SPDX-License-Identifier: Apache-2.0")) {
            report(file, 1, "the first line must be the SPDX licence line");
        }
        boolean isTest = isTest(path);
        boolean isGates = path.startsWith("dev/Gates");
        boolean isSansIo = SANS_IO.contains(path.split("/")[0]);
        for (int i = 0; i < lines.size() && !isGates; i++) {
            String line = lines.get(i);
            reportIf(isTest && SLEEP.matcher(line).find(), file, i, "tests do not sleep");
            reportIf(isTest && DISABLED.matcher(line).find(), file, i, "a test is switched off");
            reportIf(OPEN_END.matcher(line).find(), file, i, "an open end without an issue number");
            reportIf(
                    isSansIo && !isTest && LOCK.matcher(code(line)).find(),
                    file,
                    i,
                    "no locks in sans-IO code");
        }
        if (suffix.equals("java")) {
            checkJava(file, path, lines, isTest);
        }
    }

    private void checkJava(Path file, String path, List<String> lines, boolean isTest) {
        for (var method : JavaMethods.of(lines)) {
            methodLines.add(method.lines());
            if (method.lines() > MAX_METHOD_LINES) {
                report(
                        file,
                        method.firstLine(),
                        "method of " + method.lines() + " lines, at most " + MAX_METHOD_LINES);
            }
        }
        if (path.endsWith("package-info.java") && !isTest) {
            boolean ownerFirst = lines.size() > 1 && lines.get(1).startsWith("/// Owner: ");
            reportIf(!ownerFirst, file, 1, "the first sentence must name the package's owner");
        }
        String module = path.split("/")[0];
        if (TESTED_AS_MUCH.contains(module)) {
            int[] sums = mainAndTestLines.computeIfAbsent(module, _ -> new int[2]);
            sums[isTest ? 1 : 0] += lines.size();
        }
    }

    private void checkLockFile(Path file) {
        var lines = read(file);
        String packageName = "";
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i);
            reportIf(RESOLVED.matcher(line).find(), file, i, "a lock file holds no addresses");
            if (line.matches("\\s*\"node_modules/.*\": \\{")) {
                packageName = line.replaceAll(".*node_modules/", "").replaceAll("\".*", "");
                if (line.contains(OLD_CLIENT)) {
                    packageName = ""; // its age is what is tested
                }
            }
            var minimum = NPM_MINIMUMS.get(packageName);
            if (minimum != null && line.strip().startsWith("\"version\"")) {
                String version = line.replaceAll(".*: \"", "").replaceAll("\".*", "");
                reportIf(
                        isOlder(version, minimum),
                        file,
                        i,
                        packageName + " " + version + " is below its safe minimum " + minimum);
            }
        }
    }

    private static boolean isOlder(String version, List<Integer> minimum) {
        String[] parts = version.split("[.-]");
        for (int i = 0; i < minimum.size(); i++) {
            int part = Integer.parseInt(parts[i]);
            if (part != minimum.get(i)) {
                return part < minimum.get(i);
            }
        }
        return false;
    }

    private void checkNpmSettings(Path npmrc) {
        boolean set =
                Files.exists(npmrc) && read(npmrc).contains("omit-lockfile-registry-resolved=true");
        reportIf(!set, npmrc, 0, "must say omit-lockfile-registry-resolved=true");
    }

    private void checkLinks(Path file) {
        var lines = read(file);
        for (int i = 0; i < lines.size(); i++) {
            var link = LINK.matcher(lines.get(i));
            while (link.find()) {
                boolean exists = Files.exists(file.resolveSibling(link.group(1)));
                reportIf(!exists, file, i, "links to " + link.group(1) + ", which is not there");
            }
        }
    }

    /// A planted bug that does not fit any more would be found by nobody.
    private void checkPatch(Path file) {
        try {
            var patch = Patch.parse(read(file));
            var target = root.resolve(patch.path());
            boolean fits = Files.exists(target) && patch.fits(read(target));
            reportIf(!fits, file, 0, "does not fit " + patch.path());
        } catch (IllegalArgumentException e) {
            report(file, 1, "is no patch");
        }
    }

    private void checkBudgets() {
        checkPercentile(fileLines, P95_FILE_LINES, "lines per file");
        checkPercentile(methodLines, P95_METHOD_LINES, "lines per method");
        mainAndTestLines.forEach(
                (module, lines) -> {
                    if (lines[1] < lines[0]) {
                        violations.add(
                                "%s: %d lines of tests for %d lines of code; at least as many"
                                        .formatted(module, lines[1], lines[0]));
                    }
                });
    }

    private void checkPercentile(List<Integer> sizes, int budget, String what) {
        sizes.sort(null);
        if (sizes.size() >= 20) {
            int p95 = sizes.get(sizes.size() * 95 / 100);
            if (p95 > budget) {
                violations.add("p95 of " + what + " is " + p95 + ", at most " + budget);
            }
        }
    }

    private static boolean isTest(String path) {
        return path.contains("src/test/")
                || path.startsWith("e2e/")
                || path.matches(".*\\.(?:test|spec)\\.[a-z]+");
    }

    private static String code(String line) {
        return line.replaceAll("//.*", "").replaceAll("\"(?:[^\"\\\\]|\\\\.)*\"", "\"\"");
    }

    private void reportIf(boolean violated, Path file, int index, String sentence) {
        if (violated) {
            report(file, index + 1, sentence);
        }
    }

    private void report(Path file, int line, String sentence) {
        violations.add(root.relativize(file) + ":" + line + ": " + sentence);
    }

    private static List<String> read(Path file) {
        try {
            return Files.readAllLines(file);
        } catch (IOException e) {
            throw new UncheckedIOException(file.toString(), e);
        }
    }
}
