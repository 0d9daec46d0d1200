// SPDX-License-Identifier: Apache-2.0
import java.util.List;
import java.util.Map;

/// Starts programs of ours that run until they are ended.
final class Run {
    private Run() {}

    static int server(List<String> words) {
        Setup.forBuild();
        Build.program();
        var command = Build.javaCommand("server", "noom.server.Main", List.of());
        return Shell.exitCode(Shell.ROOT, Map.of(), Shell.concat(command, words));
    }

    static int conformance(List<String> words) {
        if (words.size() != 1) {
            throw new Shell.Failure("say a port: ./noom conformance 3000");
        }
        Setup.forBuild();
        Setup.npm(Build.CLIENT_BUNDLE);
        Shell.run(
                Shell.ROOT,
                Build.maven(
                        "-Dspotless.check.skip",
                        "process-test-classes",
                        "-pl",
                        "socketio-vertx",
                        "-am"));
        var command =
                List.of(
                        Build.javaProgram(),
                        "-cp",
                        Build.classPath("socketio-vertx", "test-classes", "test-classpath.txt")
                                + java.io.File.pathSeparator
                                + Shell.root("socketio-vertx", "target", "classes"),
                        "noom.socketio.vertx.ConformanceServer");
        return Shell.exitCode(Shell.ROOT, Map.of(), Shell.concat(command, words));
    }
}
