// SPDX-License-Identifier: Apache-2.0
package noom.bench.run;

import java.util.List;
import java.util.function.ToDoubleFunction;

/// What was measured once.
sealed interface Sample {
    /// Broadcasts of one phase, every one of which reached every client.
    ///
    /// @param messages delivered
    /// @param seconds from the command to the last delivery
    /// @param cpu of the server alone
    record Load(long messages, double seconds, ProcessCost.Cpu cpu) implements Sample {
        double userPerMillion() {
            return cpu.userSeconds() * 1e6 / messages;
        }

        double systemPerMillion() {
            return cpu.systemSeconds() * 1e6 / messages;
        }

        double cpuPerMillion() {
            return userPerMillion() + systemPerMillion();
        }

        double messagesPerSecond() {
            return messages / seconds;
        }
    }

    /// Memory of the server before and after idle sockets were added.
    ///
    /// @param sockets how many were added
    record Idle(int sockets, Memory before, Memory after) implements Sample {
        double residentKibPerSocket() {
            return (double) (after.residentKib() - before.residentKib()) / sockets;
        }

        double heapKibPerSocket() {
            return (after.heapBytes() - before.heapBytes()) / 1024.0 / sockets;
        }
    }

    /// Memory of a process.
    ///
    /// @param heapBytes of it, what the garbage collector found in use
    record Memory(long residentKib, long heapBytes) {}

    /// The middle value, or the mean of the two in the middle.
    static <S extends Sample> double median(List<S> samples, ToDoubleFunction<S> value) {
        double[] sorted = samples.stream().mapToDouble(value).sorted().toArray();
        int half = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
    }
}
