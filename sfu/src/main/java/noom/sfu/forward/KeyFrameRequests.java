// SPDX-License-Identifier: Apache-2.0
package noom.sfu.forward;

import java.time.Duration;
import java.util.Arrays;

/// Asks a sender for key frames, for all receivers together: a key frame is large, and a
/// hundred who join at once need only one.
///
/// Owner: the producer. For each encoding one request stands at a time; a second goes out
/// only [#RETRY_NANOS] after the first, if no key frame came and somebody still asks, and
/// never within [#SPACING_NANOS] of the last, even if a key frame came in between.
public final class KeyFrameRequests {
    /// Least time between two requests for one encoding.
    public static final long SPACING_NANOS = Duration.ofMillis(500).toNanos();

    /// After which a request that led to nothing is repeated.
    public static final long RETRY_NANOS = Duration.ofSeconds(1).toNanos();

    private static final long NEVER = Long.MIN_VALUE;

    private final Sink sink;
    private final long[] sentNanos;
    private final boolean[] isOutstanding;
    private final boolean[] isAsked;

    /// Where requests go.
    @FunctionalInterface
    public interface Sink {
        /// A key frame of this encoding is to be asked for, now.
        void onKeyFrameNeeded(int encodingIndex);
    }

    /// For so many encodings.
    public KeyFrameRequests(int encodingCount, Sink sink) {
        this.sink = sink;
        sentNanos = new long[encodingCount];
        Arrays.fill(sentNanos, NEVER);
        isOutstanding = new boolean[encodingCount];
        isAsked = new boolean[encodingCount];
    }

    /// Somebody needs a key frame.
    public void ask(int encodingIndex, long nowNanos) {
        isAsked[encodingIndex] = true;
        sendIfDue(encodingIndex, nowNanos);
    }

    /// A key frame came: whoever asked has it.
    public void onKeyFrame(int encodingIndex) {
        isOutstanding[encodingIndex] = false;
        isAsked[encodingIndex] = false;
    }

    /// Sends what has become due.
    public void advance(long nowNanos) {
        for (int i = 0; i < sentNanos.length; i++) {
            sendIfDue(i, nowNanos);
        }
    }

    /// When it next wants time; `Long.MAX_VALUE` if never.
    public long nextDeadlineNanos() {
        long next = Long.MAX_VALUE;
        for (int i = 0; i < sentNanos.length; i++) {
            if (isAsked[i]) {
                next = Math.min(next, dueNanos(i));
            }
        }
        return next;
    }

    private long dueNanos(int i) {
        return sentNanos[i] + (isOutstanding[i] ? RETRY_NANOS : SPACING_NANOS);
    }

    private void sendIfDue(int i, long nowNanos) {
        boolean isDue = sentNanos[i] == NEVER || nowNanos >= dueNanos(i);
        if (!isAsked[i] || !isDue) {
            return;
        }
        sentNanos[i] = nowNanos;
        isOutstanding[i] = true;
        isAsked[i] = false;
        sink.onKeyFrameNeeded(i);
    }
}
