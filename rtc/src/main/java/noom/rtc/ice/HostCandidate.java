// SPDX-License-Identifier: Apache-2.0
package noom.rtc.ice;

/// An address of this server as signalling tells it (RFC 8445 sections 5.1.1.3 and 5.1.2): type
/// `host`, over UDP, component 1, as RTP and RTCP share it.
///
/// @param foundation the same for candidates that will fail together; 1 to 32 ICE characters
/// @param priority 1 to 2^31 - 1; of two, the peer tries the higher one first
/// @param address an IP address as text
/// @param port 1 to 65,535
public record HostCandidate(String foundation, long priority, String address, int port) {
    private static final int TYPE_PREFERENCE = 126; // RFC 8445 section 5.1.2.2
    private static final int MAX_LOCAL_PREFERENCE = 65_535;
    private static final int COMPONENT = 1;

    /// @throws IllegalArgumentException for a number out of its range
    public HostCandidate {
        if (priority < 1 || priority > Integer.MAX_VALUE || port < 1 || port > 65_535) {
            throw new IllegalArgumentException("priority " + priority + ", port " + port);
        }
    }

    /// The candidate that is the `index`-th choice of its server.
    ///
    /// @param index from 0, which is the first choice, to 65,535
    /// @throws IllegalArgumentException for a number out of its range
    public static HostCandidate ofChoice(int index, String address, int port) {
        if (index < 0 || index > MAX_LOCAL_PREFERENCE) {
            throw new IllegalArgumentException("choice " + index);
        }
        int localPreference = MAX_LOCAL_PREFERENCE - index;
        int priority = TYPE_PREFERENCE << 24 | localPreference << 8 | 256 - COMPONENT;
        return new HostCandidate("udp" + index, priority, address, port);
    }
}
