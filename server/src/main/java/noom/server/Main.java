// SPDX-License-Identifier: Apache-2.0
package noom.server;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import noom.server.config.ServerConfig;
import noom.server.config.ServerConfig.Parse;
import noom.server.store.StoreException;
import noom.server.tls.QrCode;

/// Command line and exit codes: 0 after a polite end, 1 if it cannot start, 2 for a bad option.
public final class Main {
    private static final PrintStream OUT =
            new PrintStream(System.out, true, StandardCharsets.UTF_8);

    private Main() {}

    /// Starts the server and stays until the process is told to end.
    public static void main(String[] args) throws InterruptedException {
        System.setProperty(
                "java.util.logging.SimpleFormatter.format",
                "%1$tFT%1$tT.%1$tL %4$s %3$s %5$s%6$s%n");
        switch (ServerConfig.parse(List.of(args))) {
            case Parse.Help _ -> OUT.print(ServerConfig.USAGE);
            case Parse.Malformed(String sentence) -> {
                System.err.println("noom: " + sentence + ".\n" + ServerConfig.USAGE);
                System.exit(2);
            }
            case Parse.Parsed(ServerConfig config) -> serve(config);
        }
    }

    private static void serve(ServerConfig config) throws InterruptedException {
        NoomServer server;
        try {
            server = NoomServer.start(config);
        } catch (IOException | StoreException e) {
            System.err.println("noom: " + e.getMessage() + ".");
            System.exit(1);
            return;
        }
        var ended = new CountDownLatch(1);
        Runtime.getRuntime()
                .addShutdownHook(
                        new Thread(
                                () -> {
                                    server.close();
                                    ended.countDown();
                                }));
        greet(server);
        ended.await();
    }

    private static void greet(NoomServer server) {
        var addresses = server.addresses();
        if (addresses.isEmpty()) {
            OUT.println("Noom is listening on port " + server.port() + ", but sees no network.");
            return;
        }
        OUT.println("Noom is listening on " + addresses.getFirst());
        addresses.stream().skip(1).forEach(other -> OUT.println("                  also " + other));
        server.certificate()
                .ifPresent(
                        own -> {
                            OUT.println();
                            OUT.println(QrCode.draw(addresses.getFirst()));
                            OUT.println("The browser will warn once, because Noom signed its own");
                            OUT.println("certificate. Its SHA-256 fingerprint:");
                            OUT.println("  " + own.fingerprint());
                        });
    }
}
