// SPDX-License-Identifier: Apache-2.0
package noom.socketio;

import java.util.Arrays;
import noom.socketio.adapter.Selection;
import org.jspecify.annotations.Nullable;

/// Who gets something: each call narrows or widens a copy. May be used from any thread.
///
/// `to(a).to(b)` means either, each socket once; `except` wins over `to`.
public final class Broadcast {
    private final Namespace namespace;
    private final Selection selection;

    Broadcast(Namespace namespace, Selection selection) {
        this.namespace = namespace;
        this.selection = selection;
    }

    /// The sockets of these rooms too.
    public Broadcast to(String... rooms) {
        return new Broadcast(namespace, selection.withRooms(rooms));
    }

    /// The sockets of these rooms too; the same as [#to].
    public Broadcast in(String... rooms) {
        return to(rooms);
    }

    /// Not the sockets of these rooms.
    public Broadcast except(String... rooms) {
        return new Broadcast(namespace, selection.withoutRooms(rooms));
    }

    /// Sends an event to all of them; it is encoded once.
    ///
    /// @throws IllegalArgumentException for a reserved name, or an argument without JSON
    public void emit(String name, @Nullable Object... arguments) {
        namespace.adapter().broadcast(Socket.event(namespace.name(), name, arguments), selection);
    }

    /// Puts all of them into rooms, whatever their limits.
    public void socketsJoin(String... rooms) {
        namespace.adapter().joinSelected(selection, Arrays.asList(rooms));
    }

    /// Takes all of them out of a room.
    public void socketsLeave(String room) {
        namespace.adapter().leaveSelected(selection, room);
    }

    /// Disconnects all of them.
    ///
    /// @param close whether their connections end too
    public void disconnectSockets(boolean close) {
        namespace.adapter().disconnectSelected(selection, close);
    }
}
