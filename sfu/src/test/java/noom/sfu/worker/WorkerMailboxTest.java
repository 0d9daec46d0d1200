// SPDX-License-Identifier: Apache-2.0
package noom.sfu.worker;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetSocketAddress;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// A mailbox whose loop is a queue that the test empties.
class WorkerMailboxTest implements WorkerMailbox.Receiver {
    private static final InetSocketAddress PAGE = new ScriptedPage(5_000).address;

    private final ArrayDeque<Runnable> loop = new ArrayDeque<>();
    private final WorkerMailbox mailbox = new WorkerMailbox(loop::add, this);
    private final List<Object> heard = new ArrayList<>();
    private int turns;

    @Override
    public long nowNanos() {
        return 77;
    }

    @Override
    public void onDatagram(byte[] datagram, InetSocketAddress from) {
        heard.add(from.getPort() + " " + datagram.length);
    }

    @Override
    public void onAddressTaken(InetSocketAddress address) {
        heard.add("taken " + address.getPort());
    }

    @Override
    public void onTurnEnd() {
        turns++;
    }

    private void runLoop() {
        while (!loop.isEmpty()) {
            loop.remove().run();
        }
    }

    private int fill(boolean isDispensable) {
        return (int)
                IntStream.range(0, 2 * WorkerMailbox.MAX_WAITING)
                        .filter(i -> mailbox.offer(_ -> heard.add(i), isDispensable))
                        .count();
    }

    @Test
    void what_is_taken_runs_in_its_order_in_one_turn_at_the_time_of_its_worker() {
        mailbox.tell(heard::add);
        mailbox.offer(new byte[3], PAGE);
        mailbox.offer(_ -> heard.add("packet"), false);
        mailbox.tellTaken(PAGE);
        assertThat(loop).as("woken once").hasSize(1);

        runLoop();

        assertThat(heard).containsExactly(77L, "5000 3", "packet", "taken 5000");
        assertThat(turns).isEqualTo(1);
        assertThat(mailbox.stats()).isEqualTo(new MailboxStats(0, 4, 0, 0, 0));
    }

    @Test
    void the_last_quarter_is_for_what_would_be_missed_most() {
        assertThat(fill(true)).isEqualTo(WorkerMailbox.MAX_DISPENSABLE);
        assertThat(mailbox.offer(new byte[3], PAGE)).isFalse();

        assertThat(fill(false))
                .isEqualTo(WorkerMailbox.MAX_WAITING - WorkerMailbox.MAX_DISPENSABLE);

        var stats = mailbox.stats();
        assertThat(stats.waiting()).isEqualTo(WorkerMailbox.MAX_WAITING);
        assertThat(stats.refusedDispensable())
                .isEqualTo(2L * WorkerMailbox.MAX_WAITING - WorkerMailbox.MAX_DISPENSABLE + 1);
        assertThat(stats.refused())
                .isEqualTo(WorkerMailbox.MAX_WAITING + WorkerMailbox.MAX_DISPENSABLE);
    }

    @Test
    void what_is_told_is_taken_by_a_full_one_too() {
        fill(false);

        mailbox.tell(_ -> heard.add("told"));
        runLoop();

        assertThat(heard).hasSize(WorkerMailbox.MAX_WAITING + 1).endsWith("told");
    }

    @Test
    void there_is_room_again_when_it_has_run() {
        fill(false);
        runLoop();

        assertThat(mailbox.offer(_ -> heard.add("again"), true)).isTrue();
        runLoop();

        assertThat(heard).endsWith("again");
        assertThat(mailbox.stats().waiting()).isZero();
    }

    @Test
    void a_long_queue_takes_several_turns() {
        for (int i = 0; i <= 2 * WorkerMailbox.MAX_TURN_TASKS; i++) {
            mailbox.tell(heard::add);
        }

        loop.remove().run();
        assertThat(heard).hasSize(WorkerMailbox.MAX_TURN_TASKS);
        assertThat(loop).as("it comes again").hasSize(1);
        runLoop();

        assertThat(heard).hasSize(2 * WorkerMailbox.MAX_TURN_TASKS + 1);
        assertThat(turns).isEqualTo(3);
    }

    @Test
    void what_a_task_gives_runs_in_a_later_turn_or_this_one() {
        mailbox.tell(_ -> mailbox.tell(_ -> heard.add("second")));

        runLoop();

        assertThat(heard).containsExactly("second");
    }

    @Test
    void a_fault_ends_one_task_and_is_counted() {
        mailbox.tell(
                _ -> {
                    throw new IllegalStateException("as the test wants it");
                });
        mailbox.tell(_ -> heard.add("next"));

        runLoop();

        assertThat(heard).containsExactly("next");
        assertThat(mailbox.stats().failed()).isEqualTo(1);
    }

    @Test
    void who_tells_a_worker_that_has_ended_does_not_hear_of_it() {
        var ended =
                new WorkerMailbox(
                        _ -> {
                            throw new RejectedExecutionException();
                        },
                        this);

        ended.tell(heard::add);

        assertThat(heard).isEmpty();
    }
}
