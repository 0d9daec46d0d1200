// SPDX-License-Identifier: Apache-2.0
package noom.bench.meeting;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.stream.Stream;
import noom.bench.run.BenchException;

/// How long threads that do nothing but look at the clock are not let do so: what the machine, and
/// the one below it if it is virtual, adds to every delay that is measured on it.
///
/// @param share of the time, from 0 to 1, mean of the threads
/// @param longestNanos of any thread
record Absences(double share, long longestNanos) {
    /// Less than this is the work of looking.
    private static final long SHORTEST_NANOS = Duration.ofNanos(100_000).toNanos();

    /// One thread for each processor looks for so long.
    static Absences measure(ExecutorService threads, int processors, Duration length) {
        Callable<Absences> watch = () -> watch(length);
        try {
            double share = 0;
            long longest = 0;
            List<Callable<Absences>> all = Stream.generate(() -> watch).limit(processors).toList();
            for (var one : threads.invokeAll(all)) {
                share += one.get().share / processors;
                longest = Math.max(longest, one.get().longestNanos);
            }
            return new Absences(share, longest);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new BenchException("interrupted.");
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        }
    }

    private static Absences watch(Duration length) {
        long start = System.nanoTime();
        long last = start;
        long away = 0;
        long longest = 0;
        while (last - start < length.toNanos()) {
            long now = System.nanoTime();
            if (now - last >= SHORTEST_NANOS) {
                away += now - last;
                longest = Math.max(longest, now - last);
            }
            last = now;
        }
        return new Absences((double) away / (last - start), longest);
    }

    /// One line.
    String line() {
        return String.format(
                Locale.ROOT,
                "threads that only look at the clock are kept from it %.2f %% of the time, at most %.2f ms",
                share * 100,
                longestNanos / 1e6);
    }
}
