// SPDX-License-Identifier: Apache-2.0
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// Builds the page and the Java modules, when something changed since the last time.
final class Build {
    static final Path WEB = Shell.root("web");
    static final Path CLIENT_BUNDLE = Shell.root("socketio-vertx");
    static final Path CLUSTER_NODE = Shell.root("socketio-redis");
    static final Path TWO_SERVERS = Shell.root("examples", "two-servers", "node");
    static final Path OFFICIAL_SERVER = Shell.root("bench", "node");
    static final Path E2E = Shell.root("e2e");

    /// All folders with npm packages, those with most of them first.
    static final List<Path> NPM_FOLDERS =
            List.of(WEB, E2E, OFFICIAL_SERVER, CLUSTER_NODE, CLIENT_BUNDLE, TWO_SERVERS);

    private static final Path STAMPS = Shell.root(".noom");
    static final Set<String> NOT_SOURCES =
            Set.of("target", "node_modules", "dist", ".git", ".noom", "data", "test-results");

    /// For `bench`, which asks the kernel about sockets: Java shows their numbers to nobody.
    static final List<String> SOCKET_NUMBERS =
            List.of("--add-exports=java.base/sun.nio.ch=ALL-UNNAMED");

    private Build() {}

    /// Maven, quiet, from the root.
    static List<String> maven(String... arguments) {
        var command = new ArrayList<>(List.of("mvn", "-B", "-q", "--no-transfer-progress"));
        command.addAll(List.of(arguments));
        return command;
    }

    /// Everything that `./noom` runs.
    static void program() {
        page();
        java("server");
    }

    /// The page, into `web/dist`.
    static void page() {
        Setup.npm(WEB);
        unlessDone(
                "page",
                List.of(WEB),
                () -> {
                    Shell.say("Building the page …");
                    Shell.run(WEB, List.of("npm", "run", "--silent", "build"));
                });
    }

    /// A Java module and what it depends on; its class path is in `target/classpath.txt`.
    static void java(String module) {
        Setup.npm(CLIENT_BUNDLE);
        unlessDone(
                Files.exists(Shell.root(module, "target", "classpath.txt"))
                        ? "java-" + module
                        : "java-" + module + "-anew",
                javaSources(),
                () -> {
                    Shell.say("Compiling …");
                    Shell.run(
                            Shell.ROOT,
                            maven(
                                    "-Dspotless.check.skip",
                                    "process-classes",
                                    "-pl",
                                    module,
                                    "-am"));
                });
    }

    private static List<Path> javaSources() {
        var sources = new ArrayList<Path>();
        sources.add(Shell.root("pom.xml"));
        for (String folder : modules()) {
            sources.add(Shell.root(folder, "pom.xml"));
            sources.add(Shell.root(folder, "src", "main"));
        }
        sources.add(WEB.resolve("dist"));
        return sources;
    }

    /// Runs what compiles all modules, and remembers that they are as they were when it began.
    static void compiling(Runnable work) {
        try {
            String begun = fingerprint(javaSources());
            work.run();
            for (String module : modules()) {
                done("java-" + module, begun);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// The Java command that starts a main class of a module.
    static List<String> javaCommand(String module, String mainClass, List<String> options) {
        var command = new ArrayList<>(List.of(javaProgram()));
        command.add("--enable-native-access=ALL-UNNAMED");
        command.add("--sun-misc-unsafe-memory-access=allow");
        command.addAll(options);
        command.addAll(List.of("-cp", classPath(module, "classes", "classpath.txt"), mainClass));
        return command;
    }

    static String javaProgram() {
        return Path.of(System.getProperty("java.home"), "bin", "java").toString();
    }

    static String classPath(String module, String classes, String list) {
        var target = Shell.root(module, "target");
        try {
            return target.resolve(classes)
                    + File.pathSeparator
                    + Files.readString(target.resolve(list)).strip();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// The folders of the Maven modules, in the order of the root `pom.xml`.
    static List<String> modules() {
        try {
            return Files.readAllLines(Shell.root("pom.xml")).stream()
                    .map(String::strip)
                    .filter(line -> line.startsWith("<module>"))
                    .map(line -> line.replaceAll("</?module>", ""))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void unlessDone(String name, List<Path> sources, Runnable work) {
        try {
            var stamp = STAMPS.resolve(name);
            if (Files.exists(stamp) && Files.readString(stamp).equals(fingerprint(sources))) {
                return;
            }
            work.run();
            done(name, fingerprint(sources));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void done(String name, String fingerprint) throws IOException {
        Files.createDirectories(STAMPS);
        Files.writeString(STAMPS.resolve(name), fingerprint);
    }

    /// Names, sizes and times of all files: cheap, and changes with every edit.
    static String fingerprint(List<Path> sources) throws IOException {
        var files = new ArrayList<String>();
        for (Path source : sources) {
            if (Files.exists(source)) {
                visit(source, files);
            }
        }
        files.sort(null);
        return files.size() + " " + Integer.toHexString(files.hashCode());
    }

    private static void visit(Path source, List<String> files) throws IOException {
        Files.walkFileTree(
                source,
                new SimpleFileVisitor<>() {
                    @Override
                    public FileVisitResult preVisitDirectory(Path dir, BasicFileAttributes a) {
                        boolean skip =
                                !dir.equals(source)
                                        && NOT_SOURCES.contains(dir.getFileName().toString());
                        return skip ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
                    }

                    @Override
                    public FileVisitResult visitFile(Path file, BasicFileAttributes a) {
                        files.add(file + " " + a.size() + " " + a.lastModifiedTime().toMillis());
                        return FileVisitResult.CONTINUE;
                    }
                });
    }
}
