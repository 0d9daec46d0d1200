// SPDX-License-Identifier: Apache-2.0
package noom.socketio.vertx;

import java.io.IOException;
import java.util.stream.LongStream;

/// A member of a room that reads whatever comes, at once.
final class RoomReader implements AutoCloseable {
    private final RawWebSocket socket;
    private final RoomHistory history;

    private RoomReader(RawWebSocket socket, RoomHistory history) {
        this.socket = socket;
        this.history = history;
    }

    static RoomReader connect(TestServer server) throws IOException {
        var socket = new RawWebSocket(server, "");
        socket.write("40");
        var reader = new RoomReader(socket, new RoomHistory(socket.readMessage().text()));
        Thread.ofVirtual().start(reader::read);
        return reader;
    }

    private void read() {
        try {
            while (true) {
                history.take(socket.readMessage().text());
            }
        } catch (IOException _) {
            // the test is over, or it will miss events
        }
    }

    void awaitCount(int count) throws InterruptedException {
        history.awaitCount(count);
    }

    boolean isComplete(int sent) {
        return history.isComplete(sent);
    }

    /// Of the events with these numbers, if it is complete.
    LongStream delaysNanos(int from, int to) {
        return history.delaysNanos().subList(from, to).stream().mapToLong(Long::longValue);
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
