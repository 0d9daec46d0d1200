// SPDX-License-Identifier: Apache-2.0
package noom.bench.meeting;

/// A while in which packets are counted: those that were **sent** in it, whenever they arrive.
///
/// Owner: a loop; each has one of its own.
final class Window {
    private final long fromNanos;
    private final long toNanos;
    private final Delays delays = new Delays();

    Window(long fromNanos, long toNanos) {
        this.fromNanos = fromNanos;
        this.toNanos = toNanos;
    }

    /// How long they were under way.
    Delays delays() {
        return delays;
    }

    /// Nothing is counted.
    static Window none() {
        return new Window(0, 0);
    }

    boolean holds(long sentNanos) {
        return sentNanos - fromNanos >= 0 && sentNanos - toNanos < 0;
    }

    /// How many of a stream were in a window. Begins anew with each window by itself.
    static final class Count {
        private Window of = none();
        private long count;

        /// Counts one if it is in the window, and tells whether it is.
        boolean add(Window window, long sentNanos) {
            if (!window.holds(sentNanos)) {
                return false;
            }
            if (of != window) {
                of = window;
                count = 0;
            }
            count++;
            return true;
        }

        long in(Window window) {
            return of == window ? count : 0;
        }
    }
}
