// SPDX-License-Identifier: Apache-2.0
package noom.bench.run;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// What the kernel says that a process has used (`proc(5)`).
public final class ProcessCost {
    /// `/proc` tells times in ticks of this length on every architecture that a JDK runs on.
    private static final double TICKS_PER_SECOND = 100;

    private static final int USER_FIELD = 14; // counted from 1, as in proc(5)
    private static final int SYSTEM_FIELD = 15;

    private ProcessCost() {}

    /// Processor time of all threads, those that have ended too.
    public record Cpu(double userSeconds, double systemSeconds) {
        /// What was used since.
        public Cpu minus(Cpu earlier) {
            return new Cpu(
                    userSeconds - earlier.userSeconds, systemSeconds - earlier.systemSeconds);
        }
    }

    /// What a process has used so far.
    public static Cpu cpu(long pid) {
        return parseCpu(read(pid, "stat"));
    }

    /// Memory of the process that is in RAM, in KiB.
    public static long residentKib(long pid) {
        return parseResidentKib(read(pid, "status").lines().toList());
    }

    /// Reads a line of `/proc/PID/stat`; the second field may hold blanks and parentheses.
    public static Cpu parseCpu(String stat) {
        String[] fromThird = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
        return new Cpu(
                Long.parseLong(fromThird[USER_FIELD - 3]) / TICKS_PER_SECOND,
                Long.parseLong(fromThird[SYSTEM_FIELD - 3]) / TICKS_PER_SECOND);
    }

    static long parseResidentKib(List<String> status) {
        return status.stream()
                .filter(line -> line.startsWith("VmRSS:"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                .findFirst()
                .orElseThrow(() -> new BenchException("the process has no memory any more."));
    }

    private static String read(long pid, String file) {
        try {
            return Files.readString(Path.of("/proc", Long.toString(pid), file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
