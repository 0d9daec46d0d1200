// SPDX-License-Identifier: Apache-2.0
package noom.bench.run;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/// Where our server's time goes: a flight recording of each phase once it is warm.
///
/// Samples of processor time (JEP 509) see native code too, unlike those of Java alone.
final class HotMethods {
    private static final String WIDTH = "140";

    private HotMethods() {}

    /// @param folder where the recordings are left, for a closer look
    static void print(Plan plan, Path folder, Consumer<String> out) {
        try (var rig = Rig.start(Side.JAVA)) {
            rig.openUntil(plan.clients());
            for (int i = 0; i < plan.warmUps(); i++) {
                rig.run(plan.rate());
                rig.run(plan.burst());
            }
            out.accept(record(rig, "rate", plan.rate(), folder));
            out.accept(record(rig, "burst", plan.burst(), folder));
        }
    }

    private static String record(Rig rig, String name, Phase phase, Path folder) {
        var file = folder.resolve("socketio-" + name + ".jfr").toAbsolutePath();
        try {
            Files.createDirectories(folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        String pid = Long.toString(rig.serverPid());
        tool(
                "jcmd",
                pid,
                "JFR.start",
                "name=bench",
                "settings=profile",
                "jdk.CPUTimeSample#enabled=true",
                "jdk.CPUTimeSample#throttle=1ms",
                // told of every message, these would cost more than what is looked at
                "jdk.SocketWrite#enabled=false",
                "jdk.SocketRead#enabled=false");
        var sample = rig.run(phase);
        tool("jcmd", pid, "JFR.stop", "name=bench", "filename=" + file);
        return "%s: %.2f CPU s per million (%.2f user), recording included%n%s%s"
                .formatted(
                        name,
                        sample.cpuPerMillion(),
                        sample.userPerMillion(),
                        view("cpu-time-hot-methods", file),
                        view("allocation-by-site", file));
    }

    private static String view(String name, Path file) {
        return tool("jfr", "view", "--width", WIDTH, name, file.toString());
    }

    private static String tool(String name, String... words) {
        var command = new ArrayList<>(List.of(Side.jdkTool(name)));
        command.addAll(List.of(words));
        try {
            var process = new ProcessBuilder(command).redirectErrorStream(true).start();
            var output =
                    new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (process.waitFor() != 0) {
                throw new BenchException(name + " failed: " + output);
            }
            return output;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new BenchException("interrupted while waiting for " + name + ".");
        }
    }
}
