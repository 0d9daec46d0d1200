// SPDX-License-Identifier: Apache-2.0
package noom.rtc.dtls;

/// The door to the owner of an endpoint: the one way back for what its virtual thread has done.
@FunctionalInterface
public interface DtlsMailbox {
    /// Has the owner run this, in the order of the calls. Called on other threads; never waits,
    /// never throws, and may drop the task when its owner has ended.
    void tell(Runnable task);
}
