// SPDX-License-Identifier: Apache-2.0
package noom.rtc.dtls;

import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// What has come from one peer and its virtual thread has not looked at yet.
///
/// Shared by the endpoint's owner, who puts in and closes, and the thread, which takes out and
/// waits. Memory order: the queue hands over whole arrays that nobody changes. `closed` is set
/// before the queue is offered something to wake up for, and read after each taking: if the queue
/// is too full for that, the thread does not wait.
final class DatagramInbox {
    private static final byte[] WAKE_UP = {};

    private final BlockingQueue<byte[]> datagrams;
    private volatile boolean closed;

    DatagramInbox(int maxDatagrams) {
        datagrams = new LinkedBlockingQueue<>(maxDatagrams);
    }

    /// False if there is no room, or nobody to take it.
    boolean offer(byte[] datagram) {
        return !closed && datagrams.offer(datagram);
    }

    /// The next one, or null if none came in time or the inbox was closed. Waits.
    ///
    /// @param waitMillis 0 to wait for ever
    byte @Nullable [] take(int waitMillis) throws InterruptedException {
        if (closed) {
            return null;
        }
        var next =
                waitMillis == 0
                        ? datagrams.take()
                        : datagrams.poll(waitMillis, TimeUnit.MILLISECONDS);
        return closed ? null : next;
    }

    void close() {
        closed = true;
        datagrams.offer(WAKE_UP);
    }

    boolean isClosed() {
        return closed;
    }
}
