// SPDX-License-Identifier: Apache-2.0
package noom.rtc.srtp;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.invoke.MethodHandle;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// AES-128-GCM of Intel's multi-buffer library, by the foreign function interface: a fourth of the
/// time that the platform takes for a packet of video, half of it without AVX-512 (ADR 13).
///
/// A gain for who has it (`libipsec-mb1` of Debian), not a need. It is used if processor, version
/// and `--enable-native-access` allow it, and if it gives the platform's answers ([KnownAnswers]).
///
/// The library trusts its caller with every address, so it is told segments alone, which know
/// their lengths.
///
/// @param name the library, its version, and the instructions that it uses
record IpsecMb(String name, MethodHandle expand, MethodHandle encrypt, MethodHandle decrypt) {
    static final int IV_BYTES = 12;
    static final int TAG_BYTES = 16;

    /// `struct gcm_key_data`: 15 round keys, and 48 powers of the hash key at most.
    static final int KEY_DATA_BYTES = (15 + 48) * 16;

    /// And `struct gcm_context_data`.
    static final int MEMORY_BYTES = KEY_DATA_BYTES + 88;

    static final int ALIGNMENT_BYTES = 64;

    private static final String FILE = "libIPSec_MB.so.1";

    /// Versions of this interface: 1.3 is the first that we have seen, in 2 it may be another.
    private static final int FIRST_VERSION = 0x1_03_00;

    private static final int NEXT_INTERFACE = 0x2_00_00;

    /// `-Dnoom.rtc.ipsecMb=false` keeps it unused.
    private static final String PROPERTY = "noom.rtc.ipsecMb";

    /// The best one for this machine; null if there is none.
    static final @Nullable IpsecMb INSTALLED = find();

    /// What of the processor a group of entry points uses, the best first.
    private enum Instructions {
        AVX512("vaes_avx512", "vaes vpclmulqdq avx512f avx512bw avx512dq avx512vl bmi2"),
        AVX2("avx_gen4", "aes pclmulqdq avx avx2 bmi2");

        private final String suffix;
        private final String flags;

        Instructions(String suffix, String flags) {
            this.suffix = suffix;
            this.flags = flags;
        }

        boolean isIn(Set<String> processorFlags) {
            return processorFlags.containsAll(List.of(flags.split(" ")));
        }
    }

    /// A prepared key, and the room that the library works in. Outside the heap, as the key must
    /// be aligned; the collector frees it.
    static final class Key {
        private final MemorySegment data;
        private final MemorySegment context;

        private Key(MemorySegment memory) {
            data = memory.asSlice(0, KEY_DATA_BYTES);
            context = memory.asSlice(KEY_DATA_BYTES, MEMORY_BYTES - KEY_DATA_BYTES);
        }

        void wipe() {
            data.fill((byte) 0);
            context.fill((byte) 0);
        }
    }

    /// All that this machine can use, the best first.
    @SuppressWarnings("restricted") // the library is found by its name, as a linker would find it
    static Stream<IpsecMb> usable() {
        boolean isAllowed =
                IpsecMb.class.getModule().isNativeAccessEnabled()
                        && System.getProperty("os.name").equals("Linux")
                        && System.getProperty("os.arch").equals("amd64")
                        && !"false".equals(System.getProperty(PROPERTY));
        if (!isAllowed) {
            return Stream.empty();
        }
        SymbolLookup library;
        try {
            library = SymbolLookup.libraryLookup(FILE, Arena.global());
        } catch (IllegalArgumentException _) {
            return Stream.empty(); // it is not installed
        }
        var flags = processorFlags();
        return Arrays.stream(Instructions.values())
                .filter(instructions -> instructions.isIn(flags))
                .flatMap(instructions -> bind(library, instructions))
                .filter(KnownAnswers::areGivenBy);
    }

    /// @param key [SrtpProfile#KEY_BYTES] bytes; borrowed
    Key prepare(byte[] key) {
        return prepare(key, Arena.ofAuto().allocate(MEMORY_BYTES, ALIGNMENT_BYTES));
    }

    /// @param memory at least [#MEMORY_BYTES], aligned by [#ALIGNMENT_BYTES]
    Key prepare(byte[] key, MemorySegment memory) {
        checkLength(key.length, SrtpProfile.KEY_BYTES);
        var prepared = new Key(memory);
        try {
            expand.invokeExact(MemorySegment.ofArray(key), prepared.data);
        } catch (Throwable e) {
            throw new AssertionError("a library of C threw", e);
        }
        return prepared;
    }

    /// Encrypts and makes the tag.
    ///
    /// @param in as long as `out`, which may be the same place
    void encrypt(
            Key key,
            MemorySegment iv,
            MemorySegment associated,
            MemorySegment in,
            MemorySegment out,
            MemorySegment tag) {
        call(encrypt, key, iv, associated, in, out, tag);
    }

    /// Decrypts, and makes the tag that should have come along. Comparing them is the caller's.
    ///
    /// @param in as long as `out`, which may be the same place
    void decrypt(
            Key key,
            MemorySegment iv,
            MemorySegment associated,
            MemorySegment in,
            MemorySegment out,
            MemorySegment tag) {
        call(decrypt, key, iv, associated, in, out, tag);
    }

    private static void call(
            MethodHandle function,
            Key key,
            MemorySegment iv,
            MemorySegment associated,
            MemorySegment in,
            MemorySegment out,
            MemorySegment tag) {
        checkLength(iv.byteSize(), IV_BYTES);
        checkLength(tag.byteSize(), TAG_BYTES);
        checkLength(out.byteSize(), in.byteSize());
        try {
            function.invokeExact(
                    key.data,
                    key.context,
                    out,
                    in,
                    in.byteSize(),
                    iv,
                    associated,
                    associated.byteSize(),
                    tag,
                    (long) TAG_BYTES);
        } catch (Throwable e) {
            throw new AssertionError("a library of C threw", e);
        }
    }

    private static void checkLength(long bytes, long wanted) {
        if (bytes != wanted) {
            throw new IllegalArgumentException(bytes + " bytes instead of " + wanted);
        }
    }

    private static @Nullable IpsecMb find() {
        return usable().findFirst().orElse(null);
    }

    private static Set<String> processorFlags() {
        try (var lines = Files.lines(Path.of("/proc/cpuinfo"))) {
            return lines.filter(line -> line.startsWith("flags"))
                    .findFirst()
                    .map(line -> line.substring(line.indexOf(':') + 1).strip().split(" "))
                    .map(words -> Set.copyOf(Arrays.asList(words)))
                    .orElse(Set.of());
        } catch (IOException _) {
            return Set.of();
        }
    }

    @SuppressWarnings("restricted") // the shapes are those of intel-ipsec-mb.h
    private static Stream<IpsecMb> bind(SymbolLookup library, Instructions instructions) {
        var linker = Linker.nativeLinker();
        var onHeap = Linker.Option.critical(true);
        var crypt =
                FunctionDescriptor.ofVoid(
                        ADDRESS, ADDRESS, ADDRESS, ADDRESS, JAVA_LONG, ADDRESS, ADDRESS, JAVA_LONG,
                        ADDRESS, JAVA_LONG);
        var expand = library.find("aes_gcm_pre_128_" + instructions.suffix);
        var encrypt = library.find("aes_gcm_enc_128_" + instructions.suffix);
        var decrypt = library.find("aes_gcm_dec_128_" + instructions.suffix);
        int version = version(library);
        boolean isKnown = version >= FIRST_VERSION && version < NEXT_INTERFACE;
        if (!isKnown || expand.isEmpty() || encrypt.isEmpty() || decrypt.isEmpty()) {
            return Stream.empty();
        }
        return Stream.of(
                new IpsecMb(
                        "ipsec-mb %d.%d (%s)"
                                .formatted(version >> 16, version >> 8 & 0xFF, instructions),
                        linker.downcallHandle(
                                expand.get(), FunctionDescriptor.ofVoid(ADDRESS, ADDRESS), onHeap),
                        linker.downcallHandle(encrypt.get(), crypt, onHeap),
                        linker.downcallHandle(decrypt.get(), crypt, onHeap)));
    }

    @SuppressWarnings("restricted") // as above
    private static int version(SymbolLookup library) {
        var shape = FunctionDescriptor.of(JAVA_INT);
        try {
            var address = library.find("imb_get_version");
            return address.isEmpty()
                    ? 0
                    : (int)
                            Linker.nativeLinker()
                                    .downcallHandle(address.get(), shape)
                                    .invokeExact();
        } catch (Throwable e) {
            throw new AssertionError("a library of C threw", e);
        }
    }
}
