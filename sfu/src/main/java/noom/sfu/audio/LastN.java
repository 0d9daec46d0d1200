// SPDX-License-Identifier: Apache-2.0
package noom.sfu.audio;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// Whose pictures a receiver gets when there are too many: those pinned, then those who spoke
/// last, then those who came first.
///
/// Owner: the router.
public final class LastN {
    private final List<String> order = new ArrayList<>();

    /// Somebody joins, behind all others.
    public void add(String id) {
        if (!order.contains(id)) {
            order.add(id);
        }
    }

    /// Somebody leaves.
    public void remove(String id) {
        order.remove(id);
    }

    /// Somebody has the floor.
    public void onActiveSpeaker(String id) {
        if (order.remove(id)) {
            order.addFirst(id);
        }
    }

    /// At most `count` others, in order of importance.
    ///
    /// @param self is left out
    /// @param pinned come first, in the order in which they spoke
    public List<String> choose(String self, Set<String> pinned, int count) {
        var chosen = new ArrayList<String>();
        var first = new HashSet<>(pinned);
        first.remove(self);
        for (var id : order) {
            if (first.contains(id)) {
                chosen.add(id);
            }
        }
        for (var id : order) {
            if (!id.equals(self) && !first.contains(id)) {
                chosen.add(id);
            }
        }
        return List.copyOf(chosen.subList(0, Math.clamp(count, 0, chosen.size())));
    }
}
