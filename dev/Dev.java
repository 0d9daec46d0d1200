// SPDX-License-Identifier: Apache-2.0
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// The development server: Vite in front with hot replacement, the Java server behind it on the
/// next port. A changed Java file is compiled and the server started anew; pages reconnect by
/// themselves.
final class Dev {
    private static final int LOOK_EVERY_MILLIS = 300;

    private final List<String> serverOptions;
    private final int port;
    private Process server;

    private Dev(int port, List<String> serverOptions) {
        this.port = port;
        this.serverOptions = serverOptions;
    }

    static int run(List<String> words) {
        int port = 3000;
        var options = new ArrayList<String>();
        for (int i = 0; i < words.size(); i++) {
            if (words.get(i).equals("--port") && i + 1 < words.size()) {
                port = Integer.parseInt(words.get(++i));
            } else {
                options.add(words.get(i));
            }
        }
        Setup.forBuild();
        Setup.npm(Build.WEB);
        Setup.npm(Build.CLIENT_BUNDLE);
        return new Dev(port, options).run();
    }

    private int run() {
        if (!compile()) {
            throw new Shell.Failure("the sources do not compile.");
        }
        startServer();
        var vite = startVite();
        Runtime.getRuntime()
                .addShutdownHook(
                        new Thread(
                                () -> {
                                    Shell.stop(vite);
                                    Shell.stop(server);
                                }));
        Shell.say("Open http://127.0.0.1:" + port + " and edit away; Ctrl-C ends it.");
        watch(vite);
        return 0;
    }

    private void watch(Process vite) {
        try {
            String seen = Build.fingerprint(sources());
            while (vite.isAlive()) {
                Thread.sleep(LOOK_EVERY_MILLIS);
                String now = Build.fingerprint(sources());
                if (!now.equals(seen)) {
                    seen = now;
                    restart();
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private void restart() {
        Shell.say("A Java file changed: compiling …");
        if (compile()) {
            Shell.stop(server);
            startServer();
        } else {
            Shell.say("It does not compile; the server goes on as it was.");
        }
    }

    private static boolean compile() {
        return Shell.exitCode(
                        Shell.ROOT,
                        Map.of(),
                        Build.maven(
                                "-Dspotless.check.skip",
                                "-Denforcer.skip",
                                "process-classes",
                                "-pl",
                                "server",
                                "-am"))
                == 0;
    }

    private void startServer() {
        var command =
                new ArrayList<>(
                        Build.javaCommand(
                                "server",
                                "noom.server.Main",
                                List.of("-ea", "-XX:TieredStopAtLevel=1")));
        command.addAll(serverOptions);
        command.addAll(List.of("--port", String.valueOf(port + 1)));
        server = start(Shell.ROOT, command, Map.of());
    }

    private Process startVite() {
        return start(
                Build.WEB,
                List.of(
                        "npx",
                        "--no-install",
                        "vite",
                        "--host",
                        "127.0.0.1",
                        "--strictPort",
                        "--port",
                        String.valueOf(port)),
                Map.of("NOOM_PORT", String.valueOf(port + 1)));
    }

    private static Process start(Path folder, List<String> command, Map<String, String> more) {
        var builder = new ProcessBuilder(command).directory(folder.toFile()).inheritIO();
        builder.environment().putAll(more);
        try {
            return builder.start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<Path> sources() {
        var sources = new ArrayList<Path>();
        for (String module : Build.modules()) {
            sources.add(Shell.root(module, "src", "main"));
            sources.add(Shell.root(module, "pom.xml"));
        }
        return sources;
    }
}
