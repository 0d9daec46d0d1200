// SPDX-License-Identifier: Apache-2.0
package noom.testkit.net;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import noom.testkit.VirtualClock;
import org.junit.jupiter.api.Test;

class LinkTest {
    private static final Duration DELAY = Duration.ofMillis(30);
    private static final LinkConditions CLEAN = LinkConditions.clean(DELAY);
    private static final int DATAGRAM_BYTES = 1_000;

    private final VirtualClock clock = new VirtualClock();
    private final List<String> out = new ArrayList<>();

    private Link link(LinkConditions conditions) {
        return new Link(clock, new SplittableRandom(7), conditions);
    }

    /// Sends so many, one each millisecond, and waits until all are through.
    private List<String> send(Link link, int count) {
        for (int i = 0; i < count; i++) {
            int number = i;
            link.send(DATAGRAM_BYTES, isCopy -> out.add(isCopy ? number + " again" : "" + number));
            clock.advance(Duration.ofMillis(1));
        }
        clock.advance(Duration.ofMinutes(1));
        return out;
    }

    private long arrivalNanos(Link link) {
        var arrived = new ArrayList<Long>();
        link.send(DATAGRAM_BYTES, _ -> arrived.add(clock.nowNanos()));
        long sent = clock.nowNanos();
        clock.advance(Duration.ofSeconds(1));
        return arrived.getFirst() - sent;
    }

    @Test
    void a_clean_link_delays_and_does_nothing_else() {
        var link = link(CLEAN);

        assertThat(arrivalNanos(link)).isEqualTo(DELAY.toNanos());
        assertThat(send(link, 3)).containsExactly("0", "1", "2");
        assertThat(link.lostCount()).isZero();
    }

    @Test
    void about_as_much_is_lost_as_it_says() {
        var link = link(CLEAN.losing(0.1, LinkConditions.Burst.NONE));

        send(link, 2_000);

        assertThat(link.lostCount()).isBetween(150L, 250L);
        assertThat(out).hasSize(2_000 - (int) link.lostCount());
    }

    @Test
    void losses_in_bursts_stand_together() {
        var link = link(CLEAN.losing(0, new LinkConditions.Burst(0.02, 0.2, 1)));

        send(link, 2_000);

        int bursts = 0;
        for (int i = 1; i < out.size(); i++) {
            bursts += Integer.parseInt(out.get(i)) - Integer.parseInt(out.get(i - 1)) > 1 ? 1 : 0;
        }
        assertThat(link.lostCount()).isGreaterThan(60);
        assertThat(link.lostCount()).isGreaterThan(3L * bursts);
    }

    @Test
    void jitter_keeps_the_order_and_overtaking_does_not() {
        assertThat(send(link(CLEAN.unsteady(Duration.ofMillis(20), 0, 0)), 200))
                .isSortedAccordingTo((a, b) -> Integer.compare(number(a), number(b)))
                .hasSize(200);
        out.clear();

        assertThat(send(link(CLEAN.unsteady(Duration.ofMillis(20), 0.2, 0)), 200)).hasSize(200);
        assertThat(out.stream().map(LinkTest::number).toList())
                .isNotEqualTo(out.stream().map(LinkTest::number).sorted().toList());
    }

    private static int number(String arrival) {
        return Integer.parseInt(arrival.replace(" again", ""));
    }

    @Test
    void a_copy_comes_after_the_first() {
        send(link(CLEAN.unsteady(Duration.ZERO, 0, 1)), 10);

        assertThat(out).hasSize(20);
        for (int i = 0; i < 10; i++) {
            assertThat(out.indexOf(i + " again")).isGreaterThan(out.indexOf("" + i));
        }
    }

    @Test
    void a_bottleneck_makes_wait_and_loses_what_its_queue_cannot_hold() {
        // A datagram takes 10 ms, and one comes each millisecond; three may wait.
        var link = link(CLEAN.narrow(800_000, 3 * DATAGRAM_BYTES));

        assertThat(arrivalNanos(link)).isEqualTo(DELAY.plusMillis(10).toNanos());
        send(link, 100);

        assertThat(out).hasSizeBetween(10, 16);
        assertThat(link.lostCount()).isEqualTo(100 - out.size());
    }

    @Test
    void what_is_sent_into_a_cut_is_lost_and_what_was_under_way_is_not() {
        var link = link(CLEAN);
        link.send(DATAGRAM_BYTES, _ -> out.add("under way"));

        link.setCut(true);
        assertThat(link.isCut()).isTrue();
        link.send(DATAGRAM_BYTES, _ -> out.add("lost"));
        clock.advance(DELAY);
        link.setCut(false);
        link.send(DATAGRAM_BYTES, _ -> out.add("afterwards"));
        clock.advance(DELAY);

        assertThat(out).containsExactly("under way", "afterwards");
    }

    @Test
    void conditions_may_change() {
        var link = link(CLEAN.losing(1, LinkConditions.Burst.NONE));
        link.send(DATAGRAM_BYTES, _ -> out.add("lost"));

        link.become(CLEAN);

        assertThat(send(link, 1)).containsExactly("0");
    }

    @Test
    void the_same_seed_does_the_same_again() {
        var whims =
                CLEAN.losing(0.1, new LinkConditions.Burst(0.1, 0.3, 0.5))
                        .unsteady(Duration.ofMillis(9), 0.1, 0.1)
                        .narrow(5_000_000, 20_000);
        var once = List.copyOf(send(link(whims), 300));
        out.clear();

        assertThat(send(link(whims), 300)).isEqualTo(once).isNotEmpty();
    }
}
