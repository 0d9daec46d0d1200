// SPDX-License-Identifier: Apache-2.0
package noom.socketio.adapter;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// The other servers, by what was heard of them.
///
/// Owner: its adapter's loop.
final class ClusterNodes {
    /// The id of the official emitter, which sends but is no server.
    private static final String EMITTER = "emitter";

    private final long timeoutNanos;

    /// Oldest first: a server moves to the end when it is heard.
    private final Map<String, Long> lastHeardNanos = new LinkedHashMap<>();

    ClusterNodes(long timeoutNanos) {
        this.timeoutNanos = timeoutNanos;
    }

    void heard(String nodeId, long nowNanos) {
        if (!nodeId.equals(EMITTER)) {
            lastHeardNanos.remove(nodeId);
            lastHeardNanos.put(nodeId, nowNanos);
        }
    }

    void remove(String nodeId) {
        lastHeardNanos.remove(nodeId);
    }

    Set<String> ids() {
        return lastHeardNanos.keySet();
    }

    int size() {
        return lastHeardNanos.size();
    }

    /// Takes out those that were silent for too long.
    List<String> takeDead(long nowNanos) {
        var dead = new ArrayList<String>();
        for (var node : lastHeardNanos.entrySet()) {
            if (nowNanos - node.getValue() < timeoutNanos) {
                break;
            }
            dead.add(node.getKey());
        }
        dead.forEach(lastHeardNanos::remove);
        return dead;
    }

    long nextDeadlineNanos() {
        return lastHeardNanos.isEmpty()
                ? Long.MAX_VALUE
                : lastHeardNanos.values().iterator().next() + timeoutNanos;
    }
}
