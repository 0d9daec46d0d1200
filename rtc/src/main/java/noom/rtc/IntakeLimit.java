// SPDX-License-Identifier: Apache-2.0
package noom.rtc;

/// How much media and control one peer may send. What is more is thrown away as soon as it is
/// known to be the peer's own, so that nothing is forwarded or remembered of a flood; ICE and the
/// handshake go on. What others forge in the peer's name does not count. After a pause as much as
/// of a second may come at once.
///
/// @param packetsPerSecond 1 to 1,000,000
/// @param bytesPerSecond [PeerTransport#MAX_DATAGRAM_BYTES] to 1,000,000,000
public record IntakeLimit(int packetsPerSecond, int bytesPerSecond) {
    /// Four times what a page sends with camera, screen and all their sizes: 20 Mbit/s.
    public static final IntakeLimit STANDARD = new IntakeLimit(3_000, 2_500_000);

    private static final int MOST_PACKETS = 1_000_000;
    private static final int MOST_BYTES = 1_000_000_000;

    /// Checks the ranges.
    ///
    /// @throws IllegalArgumentException out of them
    public IntakeLimit {
        check(packetsPerSecond, 1, MOST_PACKETS);
        check(bytesPerSecond, PeerTransport.MAX_DATAGRAM_BYTES, MOST_BYTES);
    }

    private static void check(int value, int least, int most) {
        if (value < least || value > most) {
            throw new IllegalArgumentException(value + " is not from " + least + " to " + most);
        }
    }
}
