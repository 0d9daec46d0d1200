// SPDX-License-Identifier: Apache-2.0
package noom.sfu.udp;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import noom.sfu.udp.MessageQueue.Message;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// A kernel that does as it is told, and messages that are known by their port.
class MessageQueueTest implements MessageQueue.Kernel, MessageQueue.Sink {
    private static final int EINTR = -4;
    private static final int EAGAIN = -11;
    private static final int EINVAL = -22;

    private final MessageQueue queue = new MessageQueue(this, this);
    private final ArrayDeque<Integer> results = new ArrayDeque<>();
    private final List<String> calls = new ArrayList<>();
    private final List<Integer> later = new ArrayList<>();
    private final List<String> refused = new ArrayList<>();
    private final List<ByteBuf> buffers = new ArrayList<>();

    @AfterEach
    void each_message_is_released_once() {
        assertThat(buffers).allMatch(buffer -> buffer.refCnt() == 0);
    }

    @Test
    void all_go_in_one_call() {
        add(MessageQueue.MAX_MESSAGES);
        assertThat(queue.isFull()).isTrue();

        sendWith(MessageQueue.MAX_MESSAGES);

        assertThat(calls).containsExactly("0+64");
        assertThat(queue.isFull()).isFalse();
    }

    @Test
    void nothing_is_no_call() {
        sendWith();

        assertThat(calls).isEmpty();
    }

    @Test
    void it_goes_on_after_what_was_taken() {
        add(5);

        sendWith(2, 3);

        assertThat(calls).containsExactly("0+5", "2+3");
    }

    @Test
    void what_was_interrupted_is_asked_again() {
        add(3);

        sendWith(EINTR, 1, EINTR, 2);

        assertThat(calls).containsExactly("0+3", "0+3", "1+2", "1+2");
    }

    @Test
    void what_is_refused_is_told_and_what_follows_goes() {
        add(4);

        sendWith(1, EINVAL, EINVAL, 1);

        assertThat(calls).containsExactly("0+4", "1+3", "2+2", "3+1");
        assertThat(refused).containsExactly("1 by 22", "2 by 22");
    }

    @Test
    void what_there_is_no_room_for_is_given_away_in_order() {
        add(4);

        sendWith(1, EAGAIN);
        add(1);
        sendWith(1);

        assertThat(later).containsExactly(1, 2, 3);
        assertThat(calls).containsExactly("0+4", "1+3", "0+1");
    }

    @Test
    void what_is_discarded_is_not_sent() {
        add(2);

        queue.discard();
        sendWith();

        assertThat(calls).isEmpty();
    }

    private void add(int count) {
        for (int i = 0; i < count; i++) {
            var datagrams = Unpooled.buffer(1);
            buffers.add(datagrams);
            var to = new InetSocketAddress(InetAddress.getLoopbackAddress(), i);
            queue.add(new Message(datagrams, 1, 1, to));
        }
    }

    private void sendWith(Integer... kernelResults) {
        results.addAll(List.of(kernelResults));
        queue.send();
        assertThat(results).isEmpty();
    }

    @Override
    public void put(int index, Message message) {
        assertThat(message.to().getPort()).isEqualTo(index);
    }

    @Override
    public int send(int first, int count) {
        calls.add(first + "+" + count);
        return results.removeFirst();
    }

    @Override
    public void onNoRoom(Message message) {
        later.add(message.to().getPort());
        message.datagrams().release();
    }

    @Override
    public void onRefused(Message message, int errno) {
        refused.add(message.to().getPort() + " by " + errno);
    }
}
