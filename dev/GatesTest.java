// SPDX-License-Identifier: Apache-2.0
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/// Plants a violation of every gate in a scratch copy and sees that the gate notices.
final class GatesTest {
    private static final String HEAD = "// SPDX-License-Identifier: Apache-2.0\n";
    private static final String POM =
            """
            <project xmlns="http://maven.apache.org/POM/4.0.0">
              <modelVersion>4.0.0</modelVersion>
              <parent>
                <groupId>noom</groupId>
                <artifactId>noom-parent</artifactId>
                <version>0.1.0-SNAPSHOT</version>
              </parent>
              <artifactId>planted</artifactId>
              <dependencies>
                <dependency>
                  <groupId>org.jspecify</groupId>
                  <artifactId>jspecify</artifactId>
                </dependency>
              </dependencies>
            </project>
            """;
    private static final String GOOD =
            HEAD
                    + """
                    package planted;

                    import org.jspecify.annotations.NullMarked;
                    import org.jspecify.annotations.Nullable;

                    @NullMarked
                    final class Planted {
                        private Planted() {}

                        static int length(@Nullable String text) {
                            return text == null ? 0 : text.length();
                        }
                    }
                    """;

    private static final String PATCH =
            """
            --- a/a/b.txt
            +++ b/a/b.txt
            @@ -1,3 +1,3 @@
             one
            -two
            +deux
             three
            """;

    private int passed;

    /// A file with something wrong, and the words by which the gate tells of it.
    private record Planted(String path, String text, String complaint) {}

    private static List<Planted> planted() {
        return List.of(
                new Planted("a/A.java", HEAD + "\n".repeat(800), "more than 800 lines"),
                new Planted(
                        "a/B.java",
                        HEAD + "class B {\n  void b() {\n" + "    b();\n".repeat(79) + "  }\n}\n",
                        "method of 81 lines"),
                new Planted("a/C.java", "class C {}\n", "SPDX"),
                new Planted(
                        "a/src/test/D.java", HEAD + "// Thread.sleep(1)\n", "tests do not sleep"),
                new Planted("web/e.test.ts", HEAD + "it.skip('x', f)\n", "switched off"),
                new Planted("a/src/test/F.java", HEAD + "@Disabled\n", "switched off"),
                new Planted("a/G.ts", HEAD + "// TODO later\n", "open end"),
                new Planted("rtc/H.java", HEAD + "synchronized (x) {\n", "no locks"),
                new Planted("rtc/src/main/I.java", HEAD, "lines of tests for"),
                new Planted("a/package-info.java", HEAD + "/// Things.\npackage a;\n", "name the"),
                new Planted("a/package-lock.json", "\"resolved\": \"somewhere\"\n", "no addresses"),
                new Planted("a/package.json", "{}\n", "omit-lockfile-registry-resolved"),
                new Planted(
                        "b/package-lock.json",
                        "\"node_modules/ws\": {\n\"version\": \"8.20.9\",\n",
                        "below its safe minimum"),
                new Planted("a/README.md", "[gone](gone.md)\n", "which is not there"),
                new Planted("a/b.patch", "nothing\n", "is no patch"),
                new Planted("a/b.patch", PATCH, "does not fit a/b.txt"));
    }

    /// @return how many gates were seen to work
    static int run() {
        var test = new GatesTest();
        planted().forEach(test::isFound);
        test.isFine("a/A.java", HEAD + "\n".repeat(799));
        test.isFine(Map.of("a/b.patch", PATCH, "a/b.txt", "one\ntwo\nthree\n"));
        test.isChanged("one\ntwo\nthree\nfour\n", "one\ndeux\nthree\nfour\n");
        test.isFine(
                "a/B.java",
                HEAD + "class B {\n  void b() {\n" + "    b();\n".repeat(78) + "  }\n}\n");
        test.mavenSays(GOOD, "");
        test.mavenSays(GOOD.replace("    private", "  private"), "format violations");
        test.mavenSays(GOOD.replace("text == null ? 0 : ", ""), "[NullAway]");
        return test.passed;
    }

    private void isFound(Planted planted) {
        var violations = violations(Map.of(planted.path(), planted.text()));
        if (violations.stream().noneMatch(v -> v.contains(planted.complaint()))) {
            throw new Shell.Failure(
                    "gate '" + planted.complaint() + "' did not notice: " + violations);
        }
        passed++;
    }

    private void isChanged(String before, String after) {
        var changed = Patch.parse(PATCH.lines().toList()).applyTo(before.lines().toList());
        if (!changed.equals(after.lines().toList())) {
            throw new Shell.Failure("a patch makes " + changed);
        }
        passed++;
    }

    private void isFine(String path, String text) {
        isFine(Map.of(path, text));
    }

    private void isFine(Map<String, String> files) {
        var violations = violations(files);
        if (!violations.isEmpty()) {
            throw new Shell.Failure("a gate complains for nothing: " + violations);
        }
        passed++;
    }

    private static List<String> violations(Map<String, String> files) {
        return inScratch(
                folder -> {
                    files.forEach((path, text) -> write(folder.resolve(path), text));
                    return Gates.check(folder);
                });
    }

    /// Compiles one class with the house's settings; an empty complaint means that it must pass.
    private void mavenSays(String source, String complaint) {
        var outcome =
                inScratch(
                        folder -> {
                            String pom =
                                    read(Shell.root("pom.xml"))
                                            .replaceAll(
                                                    "(?s)<modules>.*</modules>",
                                                    "<modules><module>planted</module></modules>");
                            write(folder.resolve("pom.xml"), pom);
                            write(
                                    folder.resolve(".mvn/jvm.config"),
                                    read(Shell.root(".mvn", "jvm.config")));
                            write(folder.resolve("planted/pom.xml"), POM);
                            write(
                                    folder.resolve("planted/src/main/java/planted/Planted.java"),
                                    source);
                            return Shell.capture(folder, Build.maven("compile"));
                        });
        boolean asExpected =
                complaint.isEmpty()
                        ? outcome.exitCode() == 0
                        : outcome.exitCode() != 0 && outcome.output().contains(complaint);
        if (!asExpected) {
            throw new Shell.Failure(
                    "the compiler gate '" + complaint + "' is broken:\n" + outcome.output());
        }
        passed++;
    }

    private static <T> T inScratch(java.util.function.Function<Path, T> work) {
        try {
            var folder = Files.createTempDirectory("noom-gates");
            try {
                return work.apply(folder);
            } finally {
                delete(folder);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void delete(Path folder) throws IOException {
        try (var files = Files.walk(folder)) {
            for (Path file : files.sorted(java.util.Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }

    private static void write(Path file, String text) {
        try {
            Files.createDirectories(file.getParent());
            Files.writeString(file, text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
