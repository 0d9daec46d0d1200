// SPDX-License-Identifier: Apache-2.0
package noom.rtc.srtp;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/// Numbers in network order within a byte array.
final class BigEndian {
    private static final VarHandle I16 =
            MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.BIG_ENDIAN);
    private static final VarHandle I32 =
            MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);
    private static final VarHandle I64 =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

    private BigEndian() {}

    static int u16(byte[] bytes, int at) {
        return (short) I16.get(bytes, at) & 0xFFFF;
    }

    static int i32(byte[] bytes, int at) {
        return (int) I32.get(bytes, at);
    }

    static long i64(byte[] bytes, int at) {
        return (long) I64.get(bytes, at);
    }

    static void putI32(byte[] bytes, int at, int value) {
        I32.set(bytes, at, value);
    }

    static void putI64(byte[] bytes, int at, long value) {
        I64.set(bytes, at, value);
    }
}
