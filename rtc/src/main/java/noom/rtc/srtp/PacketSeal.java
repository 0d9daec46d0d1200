// SPDX-License-Identifier: Apache-2.0
package noom.rtc.srtp;

/// Encrypts and authenticates the packets of one way and one kind under one set of session keys.
///
/// The line behind which another cryptographic library would go: it knows keys and bytes, and
/// nothing of streams, rollover or replays.
interface PacketSeal extends AutoCloseable {
    /// Writes the encrypted body and the tag. The clear part stands in the output already.
    void seal(Passage passage);

    /// Checks the tag, then writes the body; the clear part is the caller's to copy.
    ///
    /// @return false if the packet is not authentic; nothing was written then
    boolean open(Passage passage);

    /// Overwrites the keys.
    @Override
    void close();
}
