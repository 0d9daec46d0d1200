// SPDX-License-Identifier: Apache-2.0
package noom.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/// Runs [Races#stressHere] in a JVM of its own.
final class StressRun {
    private StressRun() {}

    /// @throws AssertionError with what that JVM wrote, if it found a race or did not run
    static void start(Class<?> operations) {
        var command =
                List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-ea",
                        "-XX:TieredStopAtLevel=1", // it ends before more would pay
                        "-XX:+EnableDynamicAgentLoading",
                        "--enable-native-access=ALL-UNNAMED",
                        "--sun-misc-unsafe-memory-access=allow",
                        "-cp",
                        System.getProperty("java.class.path"),
                        StressRun.class.getName(),
                        operations.getName());
        try {
            var process = new ProcessBuilder(command).redirectErrorStream(true).start();
            var output =
                    new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (process.waitFor() != 0) {
                throw new AssertionError(output);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /// What that JVM does.
    ///
    /// @param args the name of one class of operations
    public static void main(String[] args) throws ClassNotFoundException {
        int exitCode = 0;
        try {
            Races.stressHere(Class.forName(args[0]));
        } catch (AssertionError e) {
            System.out.println(e.getMessage());
            exitCode = 1;
        }
        System.exit(exitCode); // Lincheck leaves threads
    }
}
