// SPDX-License-Identifier: Apache-2.0
package noom.socketio.adapter;

import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import noom.socketio.protocol.Packet;

/// Rooms of this server alone.
public final class InMemoryAdapter implements Adapter {
    private final LocalSockets sockets;
    private final Rooms rooms = new Rooms();

    /// @param sockets those of one namespace
    public InMemoryAdapter(LocalSockets sockets) {
        this.sockets = sockets;
    }

    @Override
    public void open(String socketId) {
        rooms.open(socketId);
    }

    @Override
    public void join(String socketId, Collection<String> joined) {
        rooms.join(socketId, joined);
    }

    @Override
    public void leave(String socketId, String room) {
        rooms.leave(socketId, room);
    }

    @Override
    public void close(String socketId) {
        rooms.close(socketId);
    }

    @Override
    public Map<String, Set<String>> rooms() {
        return rooms.rooms();
    }

    @Override
    public Map<String, Set<String>> sids() {
        return rooms.sids();
    }

    @Override
    public Set<String> select(Selection selection) {
        var selected = new LinkedHashSet<String>();
        if (selection.rooms().isEmpty()) {
            selected.addAll(sockets.ids());
        }
        for (var room : selection.rooms()) {
            selected.addAll(members(room));
        }
        for (var room : selection.except()) {
            members(room).forEach(selected::remove);
        }
        return selected;
    }

    private Set<String> members(String room) {
        return rooms.rooms().getOrDefault(room, Set.of());
    }

    @Override
    public void broadcast(Packet packet, Selection selection) {
        sockets.deliver(select(selection), sockets.encode(packet));
    }

    @Override
    public void joinSelected(Selection selection, Collection<String> joined) {
        for (var socketId : select(selection)) {
            rooms.join(socketId, joined);
        }
    }

    @Override
    public void leaveSelected(Selection selection, String room) {
        for (var socketId : select(selection)) {
            rooms.leave(socketId, room);
        }
    }

    @Override
    public void disconnectSelected(Selection selection, boolean close) {
        sockets.disconnect(List.copyOf(select(selection)), close);
    }
}
