// SPDX-License-Identifier: Apache-2.0
package noom.rtc;

/// How far a [PeerTransport] has come with its peer. Where ICE stands is another matter, see
/// [noom.rtc.ice.IceState].
public enum TransportState {
    /// Signalling has not told whom to expect.
    NEW,
    /// The handshake is due or runs.
    CONNECTING,
    /// There are keys.
    CONNECTED,
    /// There are no keys, and there will be none.
    FAILED,
    /// The peer said goodbye.
    ENDED,
    /// Its owner has closed it.
    CLOSED
}
