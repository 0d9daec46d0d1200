// SPDX-License-Identifier: Apache-2.0
package noom.socketio;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import noom.socketio.adapter.StoredSession;
import org.jspecify.annotations.Nullable;

/// A socket that comes back: what it missed, and what is sent to it before it is in.
///
/// From when the socket is in its rooms until it has been told what it missed, what is sent to it
/// waits here. An event may be in both, or come even later from a slow transport between servers;
/// it is written once, by its offset.
///
/// Owner: the web loop of its membership.
final class Restoration {
    private final StoredSession session;
    private final String offset;
    private final List<Frames> held = new ArrayList<>();
    private final List<String> heldOffsets = new ArrayList<>();
    private final Set<String> missedOffsets = new HashSet<>();
    private List<List<@Nullable Object>> missed = List.of();

    /// @param offset of the last event that the client has
    Restoration(StoredSession session, String offset) {
        this.session = session;
        this.offset = offset;
    }

    StoredSession session() {
        return session;
    }

    String offset() {
        return offset;
    }

    /// Data of events with the offset of each at its end.
    void setMissed(List<List<@Nullable Object>> events) {
        missed = events;
        events.forEach(data -> missedOffsets.add(String.valueOf(data.getLast())));
    }

    List<List<@Nullable Object>> missed() {
        return missed;
    }

    void hold(Frames frames, String heldOffset) {
        held.add(frames);
        heldOffsets.add(heldOffset);
    }

    /// What was held and not missed, in order; holds no more.
    List<Frames> takeHeld() {
        var rest = new ArrayList<Frames>();
        for (int i = 0; i < held.size(); i++) {
            if (isNew(heldOffsets.get(i))) {
                rest.add(held.get(i));
            }
        }
        held.clear();
        heldOffsets.clear();
        return rest;
    }

    /// Whether an event is not among the missed.
    boolean isNew(String someOffset) {
        return someOffset.isEmpty() || !missedOffsets.remove(someOffset);
    }
}
