// SPDX-License-Identifier: Apache-2.0
package noom.socketio.engine;

/// What is compressed on its way to clients that offer to read it. It costs time and memory for
/// each connection, and lengths of compressed secrets beside text of others tell something of them.
///
/// What clients send is never larger for being compressed: a message over a WebSocket counts as it
/// is after inflating, and no further is inflated than the limit; a POST body that says it is
/// compressed is refused with 415.
///
/// @param webSocket permessage-deflate (RFC 7692), both ways
/// @param polling answers to long-polling GETs, by gzip or deflate (RFC 9110 section 8.4.1)
/// @param thresholdBytes messages and answers of fewer bytes go out as they are, from 0
public record Compression(boolean webSocket, boolean polling, int thresholdBytes) {
    /// Nothing is compressed.
    public static final Compression NONE = new Compression(false, false, 1_024);

    /// Both, from 1,024 bytes.
    public static final Compression ALL = new Compression(true, true, 1_024);

    /// @throws IllegalArgumentException if the threshold is negative
    public Compression {
        if (thresholdBytes < 0) {
            throw new IllegalArgumentException("thresholdBytes must not be negative");
        }
    }
}
