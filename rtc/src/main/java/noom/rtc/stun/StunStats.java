// SPDX-License-Identifier: Apache-2.0
package noom.rtc.stun;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.EnumMap;
import java.util.Objects;

/// Counters of a [StunResponder].
///
/// Written by the responder's owner, readable from any thread: each counter is stored in opaque
/// mode, so that a reader sees whole values that never go back, but no order between counters.
public final class StunStats {
    private final Counter answered = new Counter();
    private final Counter refused = new Counter();
    private final EnumMap<StunDrop, Counter> dropped = new EnumMap<>(StunDrop.class);

    StunStats() {
        for (var reason : StunDrop.values()) {
            dropped.put(reason, new Counter());
        }
    }

    /// Requests answered with an address.
    public long answeredCount() {
        return answered.read();
    }

    /// Requests answered with error 420, Unknown Attribute.
    public long refusedCount() {
        return refused.read();
    }

    /// Datagrams met with silence for this reason.
    public long droppedCount(StunDrop reason) {
        return counterOf(reason).read();
    }

    void onAnswered() {
        answered.increment();
    }

    void onRefused() {
        refused.increment();
    }

    void onDropped(StunDrop reason) {
        counterOf(reason).increment();
    }

    private Counter counterOf(StunDrop reason) {
        return Objects.requireNonNull(dropped.get(reason));
    }

    private static final class Counter {
        private static final VarHandle VALUE = valueHandle();

        private long value;

        long read() {
            return (long) VALUE.getOpaque(this);
        }

        void increment() {
            VALUE.setOpaque(this, value + 1);
        }

        private static VarHandle valueHandle() {
            try {
                return MethodHandles.lookup().findVarHandle(Counter.class, "value", long.class);
            } catch (ReflectiveOperationException e) {
                throw new IllegalStateException("the field is right above", e);
            }
        }
    }
}
