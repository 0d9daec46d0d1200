// SPDX-License-Identifier: Apache-2.0
package noom.socketio.vertx;

import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;

/// What the sessions of one loop wrote to WebSockets in this turn, given to the network at the
/// turn's end: one flush per connection, however many messages.
///
/// The end of a turn is a task behind those that wait already, so a burst that other threads have
/// queued goes out together. A WebSocket that was opened on another loop than its session (an
/// upgrade) gets its messages by one task for all WebSockets of that loop, and one that comes back.
///
/// Owner: the loop whose outbox it is.
final class Outbox {
    private final VertxLoop loop;
    private List<FrameWriter> writers = new ArrayList<>();

    Outbox(VertxLoop loop) {
        this.loop = loop;
    }

    /// Messages of one writer, on their way to its loop.
    record Batch(FrameWriter writer, FrameWriter.Gathered gathered) {
        void write() {
            writer.writeAndFlush(gathered.packets());
        }

        void written() {
            writer.onWritten(gathered.sizeBytes());
        }
    }

    /// This writer has gathered something. Once per turn.
    void add(FrameWriter writer) {
        if (writers.isEmpty()) {
            loop.execute(this::endTurn);
        }
        writers.add(writer);
    }

    private void endTurn() {
        var ready = writers;
        writers = new ArrayList<>();
        var away = new IdentityHashMap<VertxLoop, List<Batch>>();
        for (var writer : ready) {
            var batch = new Batch(writer, writer.endTurn());
            if (batch.gathered.packets().isEmpty()) {
                continue; // went out within the turn
            }
            if (writer.loop().isCurrent()) {
                batch.write();
                arrived(batch);
            } else {
                away.computeIfAbsent(writer.loop(), _ -> new ArrayList<>()).add(batch);
            }
        }
        send(away);
    }

    /// Gives a writer's messages to the network before the turn ends: there are many.
    void sendNow(Batch batch) {
        if (batch.writer.loop().isCurrent()) {
            batch.write();
            batch.written();
        } else {
            send(Map.of(batch.writer.loop(), List.of(batch)));
        }
    }

    private static void arrived(Batch batch) {
        batch.written();
        batch.writer.tellWritable();
    }

    private void send(Map<VertxLoop, List<Batch>> away) {
        away.forEach(
                (other, batches) ->
                        other.execute(
                                () -> {
                                    batches.forEach(Batch::write);
                                    loop.execute(() -> batches.forEach(Outbox::arrived));
                                }));
    }
}
