// SPDX-License-Identifier: Apache-2.0
package noom.bench.run;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;

/// `./noom bench socketio`: our Socket.IO server beside the official one.
///
/// Runs in the folder of this module.
public final class SocketIoBench {
    private static final Path RESULTS = Path.of("results");
    private static final Path RECORDINGS = Path.of("target");

    private SocketIoBench() {}

    /// Measures and prints; a measurement of the full size is kept.
    public static void main(String[] args) throws IOException {
        try {
            var plan = Plan.parse(List.of(args));
            if (plan.isProfile()) {
                HotMethods.print(plan, RECORDINGS, System.out::println);
            } else {
                measure(plan);
            }
        } catch (IllegalArgumentException e) {
            System.err.println(e.getMessage() + "\n" + Plan.OPTIONS);
            System.exit(2);
        } catch (BenchException e) {
            System.err.println(e.getMessage());
            System.exit(1);
        }
    }

    private static void measure(Plan plan) throws IOException {
        var machine = Machine.here();
        var results = new Measurement(plan, System.err::println).run();
        var today = LocalDate.now(ZoneId.systemDefault());
        var report = Report.of(plan, machine, today, results);
        System.out.print(report);
        if (plan.isFull()) {
            Files.createDirectories(RESULTS);
            Files.writeString(RESULTS.resolve("socketio-" + today + ".txt"), report);
        }
    }
}
