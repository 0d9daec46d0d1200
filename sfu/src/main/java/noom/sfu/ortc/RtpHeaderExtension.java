// SPDX-License-Identifier: Apache-2.0
package noom.sfu.ortc;

/// A header extension that a peer understands, for one kind of media.
///
/// @param preferredId 1 to 255, not 15
/// @param direction seen from the router
public record RtpHeaderExtension(MediaKind kind, String uri, int preferredId, Direction direction) {
    /// Which way it is used, seen from the router.
    public enum Direction {
        /// Both ways.
        SENDRECV,
        /// To consumers only.
        SENDONLY,
        /// From producers only.
        RECVONLY,
        /// Not at all.
        INACTIVE;

        /// Whether consumers get it.
        public boolean isSent() {
            return this == SENDRECV || this == SENDONLY;
        }
    }
}
