// SPDX-License-Identifier: Apache-2.0
package noom.socketio.admin;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import noom.socketio.DisconnectReason;
import noom.socketio.Namespace;
import noom.socketio.RemoteSocket;
import noom.socketio.Socket;
import org.jspecify.annotations.Nullable;

/// The list of all sockets that a new page gets. The page forgets what it knew when the list comes,
/// so it is told once more who came to or left this server while other servers were asked.
///
/// Memory order: the thread that begins fills `answers` before it waits; the one that completes the
/// last answer does the rest alone, and sees them through the futures.
final class RollCall {
    /// Of all sockets together, so that many of them do not end the connection of the page.
    private static final int MAX_CHARS = 8 << 20;

    private final Socket page;
    private final Feed feed;
    private final List<Answer> answers = new ArrayList<>();
    private final Set<String> listed = new HashSet<>();

    private record Answer(
            Namespace namespace,
            Set<String> localBefore,
            CompletableFuture<List<RemoteSocket>> sockets) {
        static Answer of(Namespace namespace) {
            return new Answer(
                    namespace,
                    Set.copyOf(namespace.sockets().keySet()),
                    namespace
                            .fetchSockets()
                            .exceptionallyCompose(_ -> namespace.local().fetchSockets()));
        }
    }

    RollCall(Socket page, Feed feed) {
        this.page = page;
        this.feed = feed;
    }

    /// Asks, and tells the page when all have answered. If a server does not, only this one's
    /// sockets are told.
    void begin(Iterable<Namespace> namespaces) {
        namespaces.forEach(namespace -> answers.add(Answer.of(namespace)));
        var sockets = answers.stream().map(Answer::sockets).toArray(CompletableFuture[]::new);
        CompletionStage<Void> all = CompletableFuture.allOf(sockets);
        all.thenRun(this::tell);
    }

    private void tell() {
        page.emit("all_sockets", views());
        answers.forEach(this::tellWhatChanged); // only now: what comes later is told anyway
    }

    private List<Map<String, @Nullable Object>> views() {
        var views = new ArrayList<Map<String, @Nullable Object>>();
        long chars = 0;
        for (var answer : answers) {
            for (var socket : answer.sockets().join()) {
                var view = SocketView.of(socket, answer.namespace().name());
                chars += view.toString().length();
                if (chars > MAX_CHARS) {
                    return views;
                }
                listed.add(socket.id());
                views.add(view);
            }
        }
        return views;
    }

    private void tellWhatChanged(Answer answer) {
        var now = answer.namespace().sockets();
        now.forEach(
                (id, socket) -> {
                    if (!answer.localBefore().contains(id) && !listed.contains(id)) {
                        page.emit("socket_connected", SocketView.of(socket), feed.timestamp());
                    }
                });
        for (var id : answer.localBefore()) {
            if (listed.contains(id) && !now.containsKey(id)) {
                page.emit(
                        "socket_disconnected",
                        answer.namespace().name(),
                        id,
                        DisconnectReason.TRANSPORT_CLOSE.text(),
                        feed.timestamp());
            }
        }
    }
}
