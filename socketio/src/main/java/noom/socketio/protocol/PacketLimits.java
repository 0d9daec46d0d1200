// SPDX-License-Identifier: Apache-2.0
package noom.socketio.protocol;

/// What a decoder takes from a client. A packet over a limit is malformed.
///
/// @param maxAttachments binary attachments per packet, from 0; the official parser's is 10
/// @param maxJsonDepth arrays and objects inside one another, from 1; the event's own array counts
public record PacketLimits(int maxAttachments, int maxJsonDepth) {
    /// Ten attachments as in the official parser, and a depth of 64.
    public static final PacketLimits DEFAULT = new PacketLimits(10, 64);

    /// @throws IllegalArgumentException if a limit is out of its range
    public PacketLimits {
        if (maxAttachments < 0 || maxJsonDepth < 1) {
            throw new IllegalArgumentException(
                    "maxAttachments " + maxAttachments + ", maxJsonDepth " + maxJsonDepth);
        }
    }
}
