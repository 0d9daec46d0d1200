// SPDX-License-Identifier: Apache-2.0
package noom.sfu.udp;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.util.Optional;

/// Has the kernel let a thread of media in as soon as packets come, on a machine where others
/// want the processor too.
///
/// Who waited for a packet wakes up behind a thread that computes, and waits on for the end of
/// that one's slice: some milliseconds, up to the kernel's next tick. Linux from 6.12 on lets in
/// at once who asks for less at a time (sched_setattr(2), `SCHED_OTHER`, `sched_runtime`).
/// Nobody gets more of the processor by it, and it needs no privilege.
final class ShortSlice {
    /// The shortest that the kernel grants.
    static final long NANOS = 100_000;

    /// What [#ofThisThread] tells where the kernel has no slices of threads.
    static final long UNKNOWN = 0;

    private static final int SCHED_OTHER = 0;

    /// `struct sched_attr` in its first version, and where its fields are.
    private static final int ATTRIBUTES_BYTES = 48;

    private static final int POLICY_AT = 4;
    private static final int RUNTIME_AT = 24;

    private ShortSlice() {}

    /// How to reach the kernel: the C library has no names for these two calls everywhere.
    private record Calls(MethodHandle syscall, long setAttributes, long getAttributes) {
        static Optional<Calls> find() {
            boolean isAllowed = ShortSlice.class.getModule().isNativeAccessEnabled();
            if (!isAllowed || !System.getProperty("os.name").equals("Linux")) {
                return Optional.empty();
            }
            return switch (System.getProperty("os.arch")) {
                case "amd64" -> with(314, 315);
                case "aarch64" -> with(274, 275);
                default -> Optional.empty();
            };
        }

        @SuppressWarnings("restricted") // the shape is that of syscall(2)
        private static Optional<Calls> with(long setAttributes, long getAttributes) {
            var linker = Linker.nativeLinker();
            var shape =
                    FunctionDescriptor.of(
                            JAVA_LONG, JAVA_LONG, JAVA_LONG, ADDRESS, JAVA_LONG, JAVA_LONG);
            return linker.defaultLookup()
                    .find("syscall")
                    .map(at -> linker.downcallHandle(at, shape, Linker.Option.firstVariadicArg(1)))
                    .map(syscall -> new Calls(syscall, setAttributes, getAttributes));
        }

        /// @return whether this thread's attributes were read
        boolean read(MemorySegment attributes) {
            return call(getAttributes, attributes, ATTRIBUTES_BYTES);
        }

        /// @return whether the kernel took them
        boolean write(MemorySegment attributes) {
            return call(setAttributes, attributes, 0);
        }

        private boolean call(long number, MemorySegment attributes, long third) {
            try {
                return (long) syscall.invokeExact(number, 0L, attributes, third, 0L) == 0;
            } catch (Throwable e) {
                throw new AssertionError("a call of the system threw", e);
            }
        }
    }

    /// Asks for it, for the calling thread.
    ///
    /// @return false where nothing changed: another system, another policy than the usual, or no
    ///     `--enable-native-access` for this module
    static boolean request() {
        return Calls.find().map(ShortSlice::request).orElse(false);
    }

    private static boolean request(Calls calls) {
        try (var arena = Arena.ofConfined()) {
            var attributes = arena.allocate(ATTRIBUTES_BYTES);
            boolean isUsual =
                    calls.read(attributes) && attributes.get(JAVA_INT, POLICY_AT) == SCHED_OTHER;
            if (!isUsual) {
                return false;
            }
            attributes.set(JAVA_LONG, RUNTIME_AT, NANOS);
            return calls.write(attributes);
        }
    }

    /// The slice of the calling thread in nanoseconds.
    static long ofThisThread() {
        try (var arena = Arena.ofConfined()) {
            var attributes = arena.allocate(ATTRIBUTES_BYTES);
            boolean isKnown = Calls.find().filter(calls -> calls.read(attributes)).isPresent();
            return isKnown ? attributes.get(JAVA_LONG, RUNTIME_AT) : UNKNOWN;
        }
    }
}
