// SPDX-License-Identifier: Apache-2.0
package noom.sfu.udp;

import io.netty.buffer.ByteBuf;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;

/// What waits to be given to the kernel in one call, and what becomes of that which it does not
/// take: no system, no socket.
///
/// Owner: the loop of the socket.
final class MessageQueue {
    /// So many go in one call.
    static final int MAX_MESSAGES = 64;

    private static final int EINTR = 4;
    private static final int EAGAIN = 11;

    private final Kernel kernel;
    private final Sink sink;
    private final List<Message> messages = new ArrayList<>(MAX_MESSAGES);

    /// What the kernel sends as one, and cuts into datagrams.
    ///
    /// @param datagrams one after the other; whoever has the message releases them
    /// @param segmentBytes size of each but the last, which may be shorter
    /// @param count of datagrams, 1 or more
    record Message(ByteBuf datagrams, int segmentBytes, int count, InetSocketAddress to) {}

    /// The call itself.
    interface Kernel {
        /// Prepares a message.
        ///
        /// @param index 0 to [#MAX_MESSAGES] - 1
        void put(int index, Message message);

        /// Sends messages that were put.
        ///
        /// @return how many from the first on were taken, at least one; or the error of the
        ///     first, negative
        int send(int first, int count);
    }

    /// What the kernel did not take.
    interface Sink {
        /// The socket has no room for this now, nor for what follows.
        ///
        /// @param message given away
        void onNoRoom(Message message);

        /// This is lost; what follows is not.
        ///
        /// @param message released when this returns
        /// @param errno what was wrong with it
        void onRefused(Message message, int errno);
    }

    MessageQueue(Kernel kernel, Sink sink) {
        this.kernel = kernel;
        this.sink = sink;
    }

    boolean isFull() {
        return messages.size() == MAX_MESSAGES;
    }

    /// Puts a message at the end.
    ///
    /// @param message given away
    void add(Message message) {
        assert !isFull();
        kernel.put(messages.size(), message);
        messages.add(message);
    }

    /// Gives the kernel all of them.
    void send() {
        int done = 0;
        while (done < messages.size()) {
            int result = kernel.send(done, messages.size() - done);
            if (result == -EAGAIN) {
                break;
            }
            int end = result == -EINTR ? done : done + Math.max(result, 1);
            if (end > done && result < 0) {
                sink.onRefused(messages.get(done), -result);
            }
            messages.subList(done, end).forEach(message -> message.datagrams().release());
            done = end;
        }
        messages.subList(done, messages.size()).forEach(sink::onNoRoom);
        messages.clear();
    }

    /// Forgets all of them.
    void discard() {
        messages.forEach(message -> message.datagrams().release());
        messages.clear();
    }
}
