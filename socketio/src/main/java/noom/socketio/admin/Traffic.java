// SPDX-License-Identifier: Apache-2.0
package noom.socketio.admin;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;
import noom.socketio.ConnectionObserver;
import noom.socketio.DisconnectReason;
import org.jspecify.annotations.Nullable;

/// Sums of what the connections did since they were last asked for.
///
/// Memory order: every sum is an adder of its own that any thread may add to. Taking one loses
/// nothing: what is added meanwhile is in this sum or in the next.
final class Traffic implements ConnectionObserver {
    private static final String POLLING = "polling";

    private final LongAdder pollingClients = new LongAdder();
    private final LongAdder opened = new LongAdder();
    private final LongAdder packetsIn = new LongAdder();
    private final LongAdder bytesIn = new LongAdder();
    private final LongAdder packetsOut = new LongAdder();
    private final LongAdder bytesOut = new LongAdder();
    private final Map<DisconnectReason, LongAdder> closed = new EnumMap<>(DisconnectReason.class);

    Traffic() {
        for (var reason : DisconnectReason.values()) {
            closed.put(reason, new LongAdder());
        }
    }

    @Override
    public void onOpened(String transport) {
        opened.increment();
        if (transport.equals(POLLING)) {
            pollingClients.increment();
        }
    }

    @Override
    public void onUpgraded() {
        pollingClients.decrement();
    }

    @Override
    public void onClosed(String transport, DisconnectReason reason) {
        closedFor(reason).increment();
        if (transport.equals(POLLING)) {
            pollingClients.decrement();
        }
    }

    private LongAdder closedFor(DisconnectReason reason) {
        var sum = closed.get(reason);
        if (sum == null) {
            throw new IllegalStateException("no sum for " + reason);
        }
        return sum;
    }

    @Override
    public void onReceived(int sizeBytes) {
        packetsIn.increment();
        bytesIn.add(sizeBytes);
    }

    @Override
    public void onSent(int sizeBytes) {
        packetsOut.increment();
        bytesOut.add(sizeBytes);
    }

    long pollingClients() {
        return pollingClients.sum();
    }

    /// The sums that are not zero, which begin again.
    ///
    /// @param timestampMillis under which the page shows them
    List<Map<String, @Nullable Object>> take(long timestampMillis) {
        var taken = new ArrayList<Map<String, @Nullable Object>>();
        add(taken, timestampMillis, "rawConnection", null, opened);
        add(taken, timestampMillis, "packetsIn", null, packetsIn);
        add(taken, timestampMillis, "bytesIn", null, bytesIn);
        add(taken, timestampMillis, "packetsOut", null, packetsOut);
        add(taken, timestampMillis, "bytesOut", null, bytesOut);
        closed.forEach(
                (reason, sum) ->
                        add(taken, timestampMillis, "rawDisconnection", reason.text(), sum));
        return taken;
    }

    private static void add(
            List<Map<String, @Nullable Object>> taken,
            long timestampMillis,
            String type,
            @Nullable String subType,
            LongAdder sum) {
        long count = sum.sumThenReset();
        if (count == 0) {
            return;
        }
        var entry = new LinkedHashMap<String, @Nullable Object>();
        entry.put("timestamp", timestampMillis);
        entry.put("type", type);
        if (subType != null) {
            entry.put("subType", subType);
        }
        entry.put("count", count);
        taken.add(entry);
    }
}
