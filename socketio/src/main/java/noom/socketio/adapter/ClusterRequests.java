// SPDX-License-Identifier: Apache-2.0
package noom.socketio.adapter;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Executor;

/// Requests that wait for other servers, by id.
///
/// Owner: its adapter's loop. Futures are completed on the given executor.
final class ClusterRequests {
    private final Executor callbacks;
    private final Map<String, Waiting> waiting = new LinkedHashMap<>();

    private record Waiting(ClusterRequest request, long deadlineNanos) {}

    ClusterRequests(Executor callbacks) {
        this.callbacks = callbacks;
    }

    void add(String id, ClusterRequest request, long deadlineNanos) {
        waiting.put(id, new Waiting(request, deadlineNanos));
        settle(id, request);
    }

    /// An answer came; unknown ids are passed over, they are late.
    void onResponse(String nodeId, ClusterMessage.Response response) {
        var found = waiting.get(response.requestId());
        if (found != null) {
            found.request.onResponse(nodeId, response);
            settle(response.requestId(), found.request);
        }
    }

    void onGone(String nodeId, boolean saidGoodbye) {
        new LinkedHashMap<>(waiting)
                .forEach(
                        (id, one) -> {
                            one.request.onGone(nodeId, saidGoodbye);
                            settle(id, one.request);
                        });
    }

    /// Something has changed: finishes the request if it is complete.
    void settle(String id, ClusterRequest request) {
        if (request.isComplete() && waiting.remove(id) != null) {
            callbacks.execute(request::finish);
        }
    }

    void advance(long nowNanos) {
        for (Iterator<Waiting> all = waiting.values().iterator(); all.hasNext(); ) {
            var next = all.next();
            if (nowNanos >= next.deadlineNanos) {
                all.remove();
                callbacks.execute(next.request::finish);
            }
        }
    }

    long nextDeadlineNanos() {
        long next = Long.MAX_VALUE;
        for (var request : waiting.values()) {
            next = Math.min(next, request.deadlineNanos);
        }
        return next;
    }
}
