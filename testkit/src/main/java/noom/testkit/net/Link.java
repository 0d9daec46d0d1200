// SPDX-License-Identifier: Apache-2.0
package noom.testkit.net;

import java.time.Duration;
import java.util.random.RandomGenerator;
import noom.testkit.VirtualClock;

/// One direction of a network path in virtual time: it delays, loses, overtakes, repeats and
/// queues as its conditions say, and the same seed does the same again.
///
/// Owner: one test thread.
public final class Link {
    private static final long NANOS_PER_SECOND = 1_000_000_000L;
    private static final long MOST_OVERTAKEN_NANOS = Duration.ofMillis(60).toNanos();
    private static final long MOST_REPEATED_NANOS = Duration.ofMillis(20).toNanos();

    private final VirtualClock clock;
    private final RandomGenerator random;
    private LinkConditions conditions;
    private boolean isCut;
    private boolean isBad;
    private long freeNanos;
    private long newestArrivalNanos;
    private long lostCount;

    /// The other end.
    @FunctionalInterface
    public interface Exit {
        /// A datagram comes out.
        ///
        /// @param isCopy whether it did so before
        void arrive(boolean isCopy);
    }

    /// A link that is not cut.
    public Link(VirtualClock clock, RandomGenerator random, LinkConditions conditions) {
        this.clock = clock;
        this.random = random;
        this.conditions = conditions;
    }

    /// What it does to datagrams now.
    public LinkConditions conditions() {
        return conditions;
    }

    /// Treats what is sent from now on otherwise.
    public void become(LinkConditions next) {
        conditions = next;
        isBad = false;
    }

    /// Everything that is sent is lost, or not any more; what is under way arrives.
    public void setCut(boolean isCut) {
        this.isCut = isCut;
    }

    /// Whether everything is lost.
    public boolean isCut() {
        return isCut;
    }

    /// Datagrams lost so far.
    public long lostCount() {
        return lostCount;
    }

    /// Takes a datagram, which comes out later, twice, or never.
    public void send(int lengthBytes, Exit exit) {
        long now = clock.nowNanos();
        if (isLost() || isFull(now)) {
            lostCount++;
            return;
        }
        long leavesNanos = leaves(lengthBytes, now);
        long arrival = leavesNanos + conditions.delayNanos();
        if (conditions.jitterNanos() > 0) {
            arrival += random.nextLong(conditions.jitterNanos());
        }
        if (happens(conditions.reorder())) {
            arrival += random.nextLong(MOST_OVERTAKEN_NANOS);
        } else {
            newestArrivalNanos = Math.max(newestArrivalNanos, arrival);
            arrival = newestArrivalNanos;
        }
        schedule(arrival - now, exit, false);
        if (happens(conditions.duplicate())) {
            schedule(arrival - now + random.nextLong(MOST_REPEATED_NANOS), exit, true);
        }
    }

    private void schedule(long delayNanos, Exit exit, boolean isCopy) {
        var _ = clock.schedule(Duration.ofNanos(delayNanos), () -> exit.arrive(isCopy));
    }

    private boolean isLost() {
        var burst = conditions.burst();
        isBad = isBad ? !happens(burst.end()) : happens(burst.begin());
        return isCut || happens(conditions.loss()) || (isBad && happens(burst.loss()));
    }

    private boolean isFull(long now) {
        long rate = conditions.rateBps();
        if (rate == LinkConditions.UNLIMITED || freeNanos <= now) {
            return false;
        }
        return (freeNanos - now) * rate / 8 / NANOS_PER_SECOND > conditions.queueBytes();
    }

    private long leaves(int lengthBytes, long now) {
        if (conditions.rateBps() == LinkConditions.UNLIMITED) {
            return now;
        }
        long takes = lengthBytes * 8L * NANOS_PER_SECOND / conditions.rateBps();
        freeNanos = Math.max(freeNanos, now) + takes;
        return freeNanos;
    }

    private boolean happens(double chance) {
        return chance > 0 && random.nextDouble() < chance;
    }
}
