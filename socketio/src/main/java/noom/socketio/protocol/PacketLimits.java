// SPDX-License-Identifier: Apache-2.0
package noom.socketio.protocol;

/// What a decoder takes from a client. A packet over a limit is malformed.
///
/// @param maxAttachments binary attachments per packet, from 0; the official parser's is 10. For
///     parsers that send them apart
/// @param maxJsonDepth arrays and objects inside one another, from 1; the event's own array counts
/// @param maxPacketBytes UTF-8 bytes of the text and bytes of the attachments together, from 1;
///     `Long.MAX_VALUE` is no limit but those of single messages
public record PacketLimits(int maxAttachments, int maxJsonDepth, long maxPacketBytes) {
    /// Ten attachments as in the official parser, and a depth of 64.
    public static final PacketLimits DEFAULT = new PacketLimits(10, 64, Long.MAX_VALUE);

    /// @throws IllegalArgumentException if a limit is out of its range
    public PacketLimits {
        if (maxAttachments < 0 || maxJsonDepth < 1 || maxPacketBytes < 1) {
            throw new IllegalArgumentException("packet limits out of range");
        }
    }
}
