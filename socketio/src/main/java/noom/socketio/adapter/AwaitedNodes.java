// SPDX-License-Identifier: Apache-2.0
package noom.socketio.adapter;

import java.util.HashSet;
import java.util.OptionalInt;
import java.util.Set;

/// Which servers have not answered one request yet.
///
/// If the transport counts the servers, that many answers are awaited, whoever gives them: it may
/// know of servers without heartbeats. Else those are awaited whose heartbeats were heard.
///
/// Owner: its adapter's loop.
final class AwaitedNodes {
    private final boolean counted;
    private final Set<String> silent;
    private final Set<String> answered = new HashSet<>();
    private int expected;

    /// @param known the other servers by their heartbeats
    /// @param counted all servers by the transport, this one included
    AwaitedNodes(Set<String> known, OptionalInt counted) {
        this.silent = new HashSet<>(known);
        this.counted = counted.isPresent();
        this.expected = Math.max(0, counted.orElse(1) - 1);
    }

    /// False if it has answered before: a transport may repeat itself.
    boolean answered(String nodeId) {
        silent.remove(nodeId);
        return answered.add(nodeId);
    }

    /// It will not answer any more.
    ///
    /// @param saidGoodbye false if it was found dead: a transport that counts has noticed before
    void gone(String nodeId, boolean saidGoodbye) {
        silent.remove(nodeId);
        if (saidGoodbye && !answered.contains(nodeId)) {
            expected--;
        }
    }

    int missing() {
        return counted ? Math.max(0, expected - answered.size()) : silent.size();
    }
}
