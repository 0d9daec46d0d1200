// SPDX-License-Identifier: Apache-2.0
package noom.sfu.worker;

import java.net.InetSocketAddress;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import noom.sfu.RouterMailbox;
import org.jspecify.annotations.Nullable;

/// What other workers have for this one: datagrams that the kernel gave to their sockets, packets
/// of tracks that they take in, and what routers have to say to each other.
///
/// Bounded, so that a worker that does not keep up costs neither memory nor the others' time.
/// Past [#MAX_DISPENSABLE] it takes only what a receiver misses most, key frames and sound; past
/// [#MAX_WAITING] only what is told.
///
/// Shared by all workers. Memory order: the queue hands over whole tasks. The count rises before a
/// task is in the queue and falls after it has run, so it is never too low; who raises it from zero
/// has the owner woken once the task is there, and the owner comes again as long as it is not zero.
public final class WorkerMailbox implements RouterMailbox {
    /// Most tasks that wait, but for those that are told.
    public static final int MAX_WAITING = 8_192;

    /// Most that wait when a dispensable one is taken.
    public static final int MAX_DISPENSABLE = MAX_WAITING / 4 * 3;

    /// Tasks of one turn: then the worker's own socket has its turn.
    static final int MAX_TURN_TASKS = 512;

    private static final System.Logger LOG = System.getLogger("noom.sfu.worker");

    private final Queue<Task> tasks = new ConcurrentLinkedQueue<>();
    private final AtomicInteger waiting = new AtomicInteger();
    private final AtomicLong refused = new AtomicLong();
    private final AtomicLong refusedDispensable = new AtomicLong();
    private final Consumer<Runnable> loop;
    private final Receiver receiver;

    // The owner's.
    private long taken;
    private long failed;

    /// The worker behind it, on whose loop all of this is called.
    interface Receiver {
        /// Its time.
        long nowNanos();

        /// A datagram that came to another worker's socket.
        void onDatagram(byte[] datagram, InetSocketAddress from);

        /// Another worker's transport has proved this address since.
        void onAddressTaken(InetSocketAddress address);

        /// The tasks of a turn have run.
        void onTurnEnd();
    }

    /// @param loop runs a task on the worker's loop
    WorkerMailbox(Consumer<Runnable> loop, Receiver receiver) {
        this.loop = loop;
        this.receiver = receiver;
    }

    @Override
    public void tell(Task task) {
        add(task, waiting.getAndIncrement());
    }

    @Override
    public boolean offer(Task task, boolean isDispensable) {
        int limit = isDispensable ? MAX_DISPENSABLE : MAX_WAITING;
        int before = waiting.get();
        while (before < limit) {
            if (waiting.compareAndSet(before, before + 1)) {
                add(task, before);
                return true;
            }
            before = waiting.get();
        }
        (isDispensable ? refusedDispensable : refused).incrementAndGet();
        return false;
    }

    /// A datagram of one of the worker's transports: dispensable, as nobody has looked into it.
    ///
    /// @param datagram given away
    /// @return false if it was refused, which is counted
    boolean offer(byte[] datagram, InetSocketAddress from) {
        return offer(_ -> receiver.onDatagram(datagram, from), true);
    }

    /// An address is another worker's now.
    void tellTaken(InetSocketAddress address) {
        tell(_ -> receiver.onAddressTaken(address));
    }

    private void add(Task task, int waitingBefore) {
        tasks.add(task);
        if (waitingBefore == 0) {
            wake();
        }
    }

    private void wake() {
        try {
            loop.accept(this::runTurn);
        } catch (RejectedExecutionException _) {
            // The loop has ended: a mailbox keeps what comes then, and nobody takes it.
        }
    }

    private void runTurn() {
        int ran = 0;
        long nowNanos = receiver.nowNanos();
        for (var task = tasks.poll(); task != null; task = next(ran)) {
            ran++;
            run(task, nowNanos);
        }
        taken += ran;
        receiver.onTurnEnd();
        if (waiting.addAndGet(-ran) > 0) {
            wake();
        }
    }

    private @Nullable Task next(int ran) {
        return ran < MAX_TURN_TASKS ? tasks.poll() : null;
    }

    private void run(Task task, long nowNanos) {
        try {
            task.run(nowNanos);
        } catch (RuntimeException | AssertionError e) {
            failed++;
            LOG.log(System.Logger.Level.ERROR, "a task of another worker failed", e);
        }
    }

    /// On the worker's loop.
    MailboxStats stats() {
        return new MailboxStats(
                waiting.get(), taken, refusedDispensable.get(), refused.get(), failed);
    }
}
