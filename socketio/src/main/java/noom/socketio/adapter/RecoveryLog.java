// SPDX-License-Identifier: Apache-2.0
package noom.socketio.adapter;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The newest events of each socket of one namespace, connected or not, so that whoever comes back
/// gets exactly what was meant for it: its rooms may have changed, this list knows.
///
/// An event is kept once, however many sockets it was for. Over the server's limit the oldest
/// events are dropped; a socket that would need one of them is not recovered.
///
/// Owner: whoever has the turn; see [RecoveryStore].
final class RecoveryLog {
    private final RecoverySettings settings;
    private final Map<String, Recent> connected = new HashMap<>();
    private final LinkedHashMap<String, Waiting> waitingByPid = new LinkedHashMap<>();
    private final Map<String, Waiting> claimedBySid = new HashMap<>();
    private final Map<String, Set<Waiting>> waitingByRoom = new HashMap<>();
    private final Set<Waiting> allWaiting = new LinkedHashSet<>();

    /// Oldest first.
    private final Set<Entry> entries = new LinkedHashSet<>();

    private long keptBytes;

    /// One event; it is itself, not its equal.
    private static final class Entry {
        final String offset;
        final List<@Nullable Object> data;
        final int sizeBytes;
        int holders;
        boolean dropped;

        Entry(String offset, List<@Nullable Object> data, int sizeBytes) {
            this.offset = offset;
            this.data = data;
            this.sizeBytes = sizeBytes;
        }
    }

    /// The newest events of one socket.
    private static final class Recent {
        final ArrayDeque<Entry> newest = new ArrayDeque<>();
        String lastForgotten = "";
        long bytes;
    }

    private record Waiting(StoredSession session, Recent recent, long lostNanos) {
        @Override
        public boolean equals(@Nullable Object other) {
            return this == other;
        }

        @Override
        public int hashCode() {
            return System.identityHashCode(this);
        }
    }

    RecoveryLog(RecoverySettings settings) {
        this.settings = settings;
    }

    void open(String socketId) {
        connected.putIfAbsent(socketId, new Recent());
    }

    void close(String socketId) {
        var recent = connected.remove(socketId);
        if (recent != null) {
            release(recent);
        }
    }

    /// Keeps an event for the connected sockets and for those that wait and are selected.
    ///
    /// @param data with the offset at its end
    void add(
            String offset,
            List<@Nullable Object> data,
            Collection<String> socketIds,
            Selection selection) {
        var entry = new Entry(offset, data, DataSize.of(data));
        for (var id : socketIds) {
            var recent = connected.get(id);
            if (recent != null) {
                append(recent, entry);
            }
        }
        for (var waiting : selectWaiting(selection)) {
            append(waiting.recent, entry);
        }
        if (entry.holders > 0) {
            entries.add(entry);
            keptBytes += entry.sizeBytes;
            dropOldest();
        }
    }

    private Set<Waiting> selectWaiting(Selection selection) {
        var selected = new LinkedHashSet<Waiting>();
        if (selection.rooms().isEmpty()) {
            selected.addAll(allWaiting);
        }
        for (var room : selection.rooms()) {
            selected.addAll(waitingByRoom.getOrDefault(room, Set.of()));
        }
        for (var room : selection.except()) {
            selected.removeAll(waitingByRoom.getOrDefault(room, Set.of()));
        }
        return selected;
    }

    private void append(Recent recent, Entry entry) {
        recent.newest.add(entry);
        recent.bytes += entry.sizeBytes;
        entry.holders++;
        while (recent.newest.size() > settings.maxPackets() || recent.bytes > settings.maxBytes()) {
            var oldest = recent.newest.remove();
            recent.bytes -= oldest.sizeBytes;
            recent.lastForgotten = oldest.offset;
            release(oldest);
        }
    }

    private void dropOldest() {
        while (keptBytes > settings.maxServerBytes()) {
            var oldest = entries.iterator().next();
            oldest.dropped = true;
            forget(oldest);
        }
    }

    private void release(Recent recent) {
        recent.newest.forEach(this::release);
        recent.newest.clear();
    }

    private void release(Entry entry) {
        entry.holders--;
        if (entry.holders == 0) {
            forget(entry);
        }
    }

    private void forget(Entry entry) {
        if (entries.remove(entry)) {
            keptBytes -= entry.sizeBytes;
        }
    }

    /// The socket has lost its connection: from now on its rooms are those of the session.
    void persist(StoredSession session, long nowNanos) {
        expire(nowNanos);
        var claimed = claimedBySid.remove(session.sid());
        if (claimed != null) {
            unlist(claimed);
        }
        var recent = claimed == null ? connected.remove(session.sid()) : claimed.recent;
        if (recent == null) {
            return;
        }
        var waiting = new Waiting(session, recent, nowNanos);
        waitingByPid.put(session.pid(), waiting);
        allWaiting.add(waiting);
        for (var room : session.rooms()) {
            waitingByRoom.computeIfAbsent(room, _ -> new LinkedHashSet<>()).add(waiting);
        }
    }

    Optional<StoredSession> claim(String pid, long nowNanos) {
        expire(nowNanos);
        var waiting = waitingByPid.remove(pid);
        if (waiting == null) {
            return Optional.empty();
        }
        claimedBySid.put(waiting.session.sid(), waiting);
        return Optional.of(waiting.session);
    }

    /// The claimed socket is connected again; its newest events go on to be kept.
    Optional<List<List<@Nullable Object>>> missed(StoredSession session, String offset) {
        var claimed = claimedBySid.remove(session.sid());
        if (claimed == null) {
            return Optional.empty();
        }
        unlist(claimed);
        var missed = after(claimed.recent, offset);
        close(session.sid());
        if (missed == null) {
            release(claimed.recent);
            connected.put(session.sid(), new Recent());
        } else {
            connected.put(session.sid(), claimed.recent);
        }
        return Optional.ofNullable(missed);
    }

    private static @Nullable List<List<@Nullable Object>> after(Recent recent, String offset) {
        boolean found = !offset.isEmpty() && offset.equals(recent.lastForgotten);
        var after = new ArrayList<List<@Nullable Object>>();
        for (var entry : recent.newest) {
            if (found && entry.dropped) {
                return null;
            }
            if (found) {
                after.add(entry.data);
            }
            found = found || entry.offset.equals(offset);
        }
        return found ? after : null;
    }

    private void expire(long nowNanos) {
        while (!waitingByPid.isEmpty()) {
            var oldest = waitingByPid.firstEntry().getValue();
            if (nowNanos - oldest.lostNanos < settings.window().toNanos()) {
                return;
            }
            waitingByPid.pollFirstEntry();
            unlist(oldest);
            release(oldest.recent);
        }
    }

    private void unlist(Waiting waiting) {
        allWaiting.remove(waiting);
        for (var room : waiting.session.rooms()) {
            waitingByRoom.computeIfPresent(
                    room,
                    (_, there) -> {
                        there.remove(waiting);
                        return there.isEmpty() ? null : there;
                    });
        }
    }

    /// Events kept now, about; for tests and metrics.
    long keptBytes() {
        return keptBytes;
    }

    /// Sessions without a connection.
    int waitingCount() {
        return allWaiting.size();
    }
}
