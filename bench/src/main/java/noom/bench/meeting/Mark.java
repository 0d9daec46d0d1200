// SPDX-License-Identifier: Apache-2.0
package noom.bench.meeting;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/// What each packet carries in its payload: its number within its track and when it was sent.
///
/// A reader is reusable; its owner is whoever created it.
final class Mark {
    static final int BYTES = 20;

    private static final int SIGN = 0x4E6F6F6D;
    private static final int NUMBER_AT = 4;
    private static final int TIME_AT = 12;
    private static final VarHandle INT =
            MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);
    private static final VarHandle LONG =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

    private long number;
    private long sentNanos;

    static void write(byte[] into, int offset, long number, long sentNanos) {
        INT.set(into, offset, SIGN);
        LONG.set(into, offset + NUMBER_AT, number);
        LONG.set(into, offset + TIME_AT, sentNanos);
    }

    /// Whether there is one.
    boolean read(byte[] payload, int offset, int lengthBytes) {
        if (lengthBytes < BYTES || (int) INT.get(payload, offset) != SIGN) {
            return false;
        }
        number = (long) LONG.get(payload, offset + NUMBER_AT);
        sentNanos = (long) LONG.get(payload, offset + TIME_AT);
        return true;
    }

    /// Counts from 0.
    long number() {
        return number;
    }

    /// By the clock of this process.
    long sentNanos() {
        return sentNanos;
    }
}
