// SPDX-License-Identifier: Apache-2.0
package noom.rtc.wire;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/// Unsigned numbers in network byte order. The caller has checked that they lie within the
/// array.
public final class BigEndian {
    private static final VarHandle U16 =
            MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.BIG_ENDIAN);
    private static final VarHandle U32 =
            MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);
    private static final VarHandle U64 =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

    private BigEndian() {}

    /// One byte, 0 to 255.
    public static int u8(byte[] bytes, int at) {
        return bytes[at] & 0xFF;
    }

    /// Two bytes.
    public static int u16(byte[] bytes, int at) {
        return (short) U16.get(bytes, at) & 0xFFFF;
    }

    /// Three bytes.
    public static int u24(byte[] bytes, int at) {
        return u8(bytes, at) << 16 | u16(bytes, at + 1);
    }

    /// Four bytes.
    public static long u32(byte[] bytes, int at) {
        return (int) U32.get(bytes, at) & 0xFFFF_FFFFL;
    }

    /// Eight bytes, as they are: the sign bit is the top bit.
    public static long u64(byte[] bytes, int at) {
        return (long) U64.get(bytes, at);
    }

    /// Writes the low 8 bits.
    public static void put8(byte[] bytes, int at, int value) {
        bytes[at] = (byte) value;
    }

    /// Writes the low 16 bits.
    public static void put16(byte[] bytes, int at, int value) {
        U16.set(bytes, at, (short) value);
    }

    /// Writes the low 24 bits.
    public static void put24(byte[] bytes, int at, int value) {
        put8(bytes, at, value >>> 16);
        put16(bytes, at + 1, value);
    }

    /// Writes the low 32 bits.
    public static void put32(byte[] bytes, int at, long value) {
        U32.set(bytes, at, (int) value);
    }

    /// Writes all 64 bits.
    public static void put64(byte[] bytes, int at, long value) {
        U64.set(bytes, at, value);
    }
}
