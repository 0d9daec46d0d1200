// SPDX-License-Identifier: Apache-2.0
package noom.bench.meeting;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import noom.bench.run.BenchException;
import noom.bench.run.ProcessCost;

/// More of what the kernel knows of a process and of its UDP sockets (`proc(5)`).
final class Proc {
    private static final int HEX = 16;
    private static final int UDP_FIELDS = 13;
    private static final int STOLEN_AT = 8;

    private Proc() {}

    /// What one thread has used so far.
    record ThreadTime(String name, double seconds) {}

    /// Datagrams for which a socket had no room.
    ///
    /// @param server at the server's port
    /// @param clients at the sockets connected to it
    record Drops(long server, long clients) {
        Drops minus(Drops earlier) {
            return new Drops(server - earlier.server, clients - earlier.clients);
        }
    }

    /// Time of all processors since the machine's start, in the kernel's ticks.
    ///
    /// @param stolen for which the machine below ran others (`steal`)
    record Processors(long all, long stolen) {
        /// The share that was stolen since, from 0 to 1.
        double stolenSince(Processors earlier) {
            return all == earlier.all
                    ? 0
                    : (double) (stolen - earlier.stolen) / (all - earlier.all);
        }
    }

    static Processors processors() {
        try (var lines = Files.lines(Path.of("/proc/stat"))) {
            return parseProcessors(lines.findFirst().orElseThrow());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Processors parseProcessors(String line) {
        var words = line.split(" +", -1);
        long all = 0;
        // What guests take is in the others already.
        for (int i = 1; i <= STOLEN_AT; i++) {
            all += Long.parseLong(words[i]);
        }
        return new Processors(all, Long.parseLong(words[STOLEN_AT]));
    }

    /// Threads of the platform, by id.
    static Map<String, ThreadTime> threads(long pid) {
        var times = new HashMap<String, ThreadTime>();
        try (var tasks = Files.list(Path.of("/proc", Long.toString(pid), "task"))) {
            for (var task : tasks.toList()) {
                try {
                    String stat = Files.readString(task.resolve("stat"));
                    var cpu = ProcessCost.parseCpu(stat);
                    String name = stat.substring(stat.indexOf('(') + 1, stat.lastIndexOf(')'));
                    times.put(
                            task.getFileName().toString(),
                            new ThreadTime(name, cpu.userSeconds() + cpu.systemSeconds()));
                } catch (IOException _) {
                    // ended meanwhile
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return times;
    }

    /// The thread that has used most since, of those whose name begins so.
    static ThreadTime busiest(
            String prefix, Map<String, ThreadTime> before, Map<String, ThreadTime> after) {
        var most = new ThreadTime("none", 0);
        for (var now : after.entrySet()) {
            var then = before.get(now.getKey());
            double used = now.getValue().seconds() - (then == null ? 0 : then.seconds());
            if (used > most.seconds() && now.getValue().name().startsWith(prefix)) {
                most = new ThreadTime(now.getValue().name(), used);
            }
        }
        return most;
    }

    /// Open file descriptors.
    static long files(long pid) {
        try (var open = Files.list(Path.of("/proc", Long.toString(pid), "fd"))) {
            return open.count();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// What the open file descriptors lead to, without numbers of their own.
    static Map<String, Long> fileKinds(long pid) {
        var kinds = new TreeMap<String, Long>();
        try (var open = Files.list(Path.of("/proc", Long.toString(pid), "fd"))) {
            for (var file : open.toList()) {
                try {
                    String target = Files.readSymbolicLink(file).toString();
                    kinds.merge(target.replaceAll("\\[\\d+]|^.*/", ""), 1L, Long::sum);
                } catch (IOException _) {
                    // closed meanwhile
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return kinds;
    }

    /// Threads of the platform.
    static long threadCount(long pid) {
        return lines(Path.of("/proc", Long.toString(pid), "status")).stream()
                .filter(line -> line.startsWith("Threads:"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                .findFirst()
                .orElseThrow(() -> new BenchException("the process has no threads any more."));
    }

    static Drops drops(int serverPort) {
        var sockets = new ArrayList<>(lines(Path.of("/proc/net/udp")));
        sockets.addAll(lines(Path.of("/proc/net/udp6")));
        return parseDrops(sockets, serverPort);
    }

    /// Sums up lines of `/proc/net/udp`.
    static Drops parseDrops(List<String> lines, int serverPort) {
        long server = 0;
        long clients = 0;
        for (var line : lines) {
            String[] fields = line.strip().split("\\s+", -1);
            if (fields.length < UDP_FIELDS || !fields[1].contains(":")) {
                continue;
            }
            long dropped = Long.parseLong(fields[fields.length - 1]);
            if (port(fields[1]) == serverPort) {
                server += dropped;
            } else if (port(fields[2]) == serverPort) {
                clients += dropped;
            }
        }
        return new Drops(server, clients);
    }

    private static int port(String address) {
        return Integer.parseInt(address.substring(address.lastIndexOf(':') + 1), HEX);
    }

    private static List<String> lines(Path file) {
        try {
            return Files.exists(file) ? Files.readAllLines(file) : List.of();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
