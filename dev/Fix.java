// SPDX-License-Identifier: Apache-2.0
import java.nio.file.Files;
import java.util.List;

/// Formats everything and writes generated files anew.
final class Fix {
    private Fix() {}

    static int run() {
        Setup.forBuild();
        Setup.npm(Build.WEB);
        Setup.npm(Build.CLIENT_BUNDLE);
        Shell.run(Shell.ROOT, Build.maven("spotless:apply"));
        Shell.run(Shell.ROOT, Build.maven("process-test-classes", "-pl", "server", "-am"));
        Shell.run(
                Shell.ROOT,
                List.of(
                        Build.javaProgram(),
                        "-cp",
                        Build.classPath("server", "test-classes", "test-classpath.txt")
                                + java.io.File.pathSeparator
                                + Shell.root("server", "target", "classes"),
                        "noom.server.message.TypeScriptMessages",
                        Build.WEB.resolve("src/protocol/messages.ts").toString()));
        for (String folder : List.of("web", "e2e", "bench/node")) {
            if (Files.exists(Shell.root(folder, "package.json"))) {
                Setup.npm(Shell.root(folder));
                Shell.run(Shell.root(folder), List.of("npm", "run", "--silent", "format:write"));
            }
        }
        return 0;
    }
}
