// SPDX-License-Identifier: Apache-2.0
package noom.bench.meeting;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import noom.bench.run.BenchException;
import noom.bench.run.ProcessCost;

/// What a server holds at one moment, after a full collection of its garbage.
///
/// @param heapKib of its heap, what is in use
/// @param residentKib of its memory, what is in RAM
/// @param files open descriptors
/// @param threads of the platform
/// @param transports and the rest: what `/admin/state` counts
/// @param kinds of the open descriptors
record ServerMemory(
        long heapKib,
        long residentKib,
        long files,
        long threads,
        long transports,
        long routers,
        long meetings,
        long handshakes,
        Map<String, Long> kinds) {
    /// One for each space of the heap; what is not heap is told in the same words.
    private static final Pattern USED = Pattern.compile("used (\\d+)([KMG])");

    private static final List<String> NOT_HEAP = List.of("Metaspace", "class space");
    private static final int FEWEST_COLLECTIONS = 4;
    private static final int MOST_COLLECTIONS = 10;

    /// A collection that frees more than this part is followed by another.
    private static final int WORTH_ANOTHER = 200;

    static ServerMemory of(ServerProcess server) {
        long heapKib = collectedHeapKib(server.pid());
        var state = server.state();
        var dtls = state.getJsonObject("dtls");
        return new ServerMemory(
                heapKib,
                ProcessCost.residentKib(server.pid()),
                Proc.files(server.pid()),
                Proc.threadCount(server.pid()),
                ofAllWorkers(state, "transports"),
                ofAllWorkers(state, "routers"),
                state.getJsonArray("meetings").size(),
                dtls.getLong("running") + dtls.getLong("waiting"),
                Proc.fileKinds(server.pid()));
    }

    /// What is left when another collection finds nothing more: what only cleaners and threads
    /// that have ended hold is let go by the second or a later one.
    private static long collectedHeapKib(long pid) {
        long before = Long.MAX_VALUE;
        for (int i = 1; ; i++) {
            jcmd(pid, "GC.run");
            long now = parseHeapKib(jcmd(pid, "GC.heap_info"));
            boolean isLess = now < before - before / WORTH_ANOTHER;
            if ((i >= FEWEST_COLLECTIONS && !isLess) || i == MOST_COLLECTIONS) {
                return Math.min(now, before);
            }
            before = now;
        }
    }

    private static long ofAllWorkers(JsonObject state, String what) {
        return state.getJsonArray("workers").stream()
                .mapToLong(worker -> ((JsonObject) worker).getLong(what))
                .sum();
    }

    /// Sums up the spaces of the heap, whatever the collector.
    static long parseHeapKib(String info) {
        var spaces =
                info.lines()
                        .filter(line -> NOT_HEAP.stream().noneMatch(line::contains))
                        .map(USED::matcher)
                        .filter(Matcher::find)
                        .mapToLong(found -> toKib(Long.parseLong(found.group(1)), found.group(2)))
                        .toArray();
        if (spaces.length == 0) {
            throw new BenchException("jcmd tells of no heap: " + info);
        }
        return Arrays.stream(spaces).sum();
    }

    private static long toKib(long number, String unit) {
        return switch (unit) {
            case "G" -> number << 20;
            case "M" -> number << 10;
            default -> number;
        };
    }

    private static String jcmd(long pid, String command) {
        try {
            var process =
                    new ProcessBuilder(ServerProcess.jdkTool("jcmd"), Long.toString(pid), command)
                            .redirectErrorStream(true)
                            .start();
            var output =
                    new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (process.waitFor() != 0) {
                throw new BenchException("jcmd failed: " + output);
            }
            return output;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new BenchException("interrupted while waiting for jcmd.");
        }
    }

    /// Nobody's media is there any more.
    boolean isEmpty() {
        return transports == 0 && routers == 0 && meetings == 0 && handshakes == 0;
    }

    /// Nobody is there, and no more is open than before.
    boolean isBackAt(ServerMemory before) {
        return isEmpty() && files <= before.files && threads <= before.threads;
    }

    static String head() {
        return String.format(
                Locale.ROOT,
                "%-10s %9s %9s %6s %8s %11s %8s %9s %11s",
                "",
                "heap KiB",
                "RSS KiB",
                "files",
                "threads",
                "transports",
                "routers",
                "meetings",
                "handshakes");
    }

    String line(String when) {
        return String.format(
                Locale.ROOT,
                "%-10s %,9d %,9d %6d %8d %11d %8d %9d %11d",
                when,
                heapKib,
                residentKib,
                files,
                threads,
                transports,
                routers,
                meetings,
                handshakes);
    }
}
