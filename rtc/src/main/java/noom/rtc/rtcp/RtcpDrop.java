// SPDX-License-Identifier: Apache-2.0
package noom.rtc.rtcp;

/// Why a datagram is no compound of control packets.
public enum RtcpDrop {
    /// Not even one header of four bytes.
    TOO_SHORT,
    /// More than [CompoundReader#MAX_COMPOUND_BYTES].
    TOO_LONG,
    /// One of its packets is not version 2.
    BAD_VERSION,
    /// One of its packets reaches past the end, or something too short for a packet is left.
    BAD_LENGTH
}
