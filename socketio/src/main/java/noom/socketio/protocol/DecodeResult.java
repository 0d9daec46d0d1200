// SPDX-License-Identifier: Apache-2.0
package noom.socketio.protocol;

/// What a decoder says after each message.
public sealed interface DecodeResult {
    /// The packet is complete.
    record Complete(Packet packet) implements DecodeResult {}

    /// The header was good; this many binary attachments must follow.
    record Awaiting(int attachmentCount) implements DecodeResult {}

    /// The bytes break the grammar or a limit. The decoder must not be used again.
    ///
    /// @param reason for logs; never contains what the client sent
    record Malformed(String reason) implements DecodeResult {}
}
