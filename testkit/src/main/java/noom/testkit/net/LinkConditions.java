// SPDX-License-Identifier: Apache-2.0
package noom.testkit.net;

import java.time.Duration;

/// What a link does to what goes over it. Chances are from 0 to 1, for one datagram.
///
/// @param delayNanos that every datagram takes
/// @param jitterNanos most that is added to it; order stays
/// @param loss chance to be lost by itself
/// @param burst how losses come together
/// @param reorder chance to be overtaken by later ones
/// @param duplicate chance to arrive twice
/// @param rateBps bits per second, [#UNLIMITED] for any number
/// @param queueBytes what waits for its turn at most; the rest is lost
public record LinkConditions(
        long delayNanos,
        long jitterNanos,
        double loss,
        Burst burst,
        double reorder,
        double duplicate,
        long rateBps,
        int queueBytes) {
    /// No limit to the rate.
    public static final long UNLIMITED = 0;

    /// Losses in bursts (Gilbert and Elliott): a good state, and a bad one in which most is lost.
    ///
    /// @param begin chance to turn bad at a datagram
    /// @param end chance to turn good again
    /// @param loss chance to be lost in the bad state
    public record Burst(double begin, double end, double loss) {
        /// None at all.
        public static final Burst NONE = new Burst(0, 1, 0);
    }

    /// Nothing but a delay.
    public static LinkConditions clean(Duration delay) {
        return new LinkConditions(delay.toNanos(), 0, 0, Burst.NONE, 0, 0, UNLIMITED, 0);
    }

    /// Jitter, duplicates and datagrams out of order besides.
    public LinkConditions unsteady(Duration jitter, double newReorder, double newDuplicate) {
        return new LinkConditions(
                delayNanos,
                jitter.toNanos(),
                loss,
                burst,
                newReorder,
                newDuplicate,
                rateBps,
                queueBytes);
    }

    /// Losses besides.
    public LinkConditions losing(double newLoss, Burst newBurst) {
        return new LinkConditions(
                delayNanos,
                jitterNanos,
                newLoss,
                newBurst,
                reorder,
                duplicate,
                rateBps,
                queueBytes);
    }

    /// A bottleneck besides.
    public LinkConditions narrow(long newRateBps, int newQueueBytes) {
        return new LinkConditions(
                delayNanos,
                jitterNanos,
                loss,
                burst,
                reorder,
                duplicate,
                newRateBps,
                newQueueBytes);
    }
}
