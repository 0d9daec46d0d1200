// SPDX-License-Identifier: Apache-2.0
package noom.bench.run;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// What a reader must know of the machine, and nothing that tells whose it is.
///
/// @param load mean number of running tasks in the minute before the measurement
public record Machine(int cores, String processor, long memoryGib, String kernel, String load) {
    /// This one.
    public static Machine here() {
        return new Machine(
                Runtime.getRuntime().availableProcessors(),
                value("/proc/cpuinfo", "model name", "unknown processor"),
                Long.parseLong(value("/proc/meminfo", "MemTotal", "0").replaceAll("\\D", "")) >> 20,
                "Linux " + System.getProperty("os.version").replaceAll("-.*", ""),
                read("/proc/loadavg").split(" ", -1)[0]);
    }

    private static String value(String file, String key, String otherwise) {
        return read(file)
                .lines()
                .filter(line -> line.startsWith(key))
                .map(line -> line.substring(line.indexOf(':') + 1).strip())
                .findFirst()
                .orElse(otherwise);
    }

    private static String read(String file) {
        try {
            return Files.readString(Path.of(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public String toString() {
        return "%d cores, %s, %d GiB, %s; load before %s"
                .formatted(cores, processor, memoryGib, kernel, load);
    }
}
