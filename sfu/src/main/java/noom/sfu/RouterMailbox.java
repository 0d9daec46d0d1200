// SPDX-License-Identifier: Apache-2.0
package noom.sfu;

/// The door of the media worker that owns a router, for who owns another: whatever one has to do
/// with the other's tracks goes through it.
///
/// Any thread may call it. What is taken runs on the owner's loop, in the order in which one
/// thread gave it. Nothing is lost that was taken; a packet may be refused.
public interface RouterMailbox {
    /// Something to do there.
    @FunctionalInterface
    interface Task {
        /// Does it.
        ///
        /// @param nowNanos of the worker that runs it
        void run(long nowNanos);
    }

    /// Takes what must not be lost: there is little of it.
    void tell(Task task);

    /// Takes a packet, if there is room.
    ///
    /// @param isDispensable whether it is the first to be refused as room runs out
    /// @return false if it was refused, which is counted
    boolean offer(Task task, boolean isDispensable);
}
