// SPDX-License-Identifier: Apache-2.0
package noom.rtc.dtls;

import java.nio.ByteBuffer;
import noom.rtc.srtp.SrtpProfile;

/// One DTLS association with one peer: a handshake that ends in keys or in a failure, and then
/// nothing but its farewell. Media does not go through it.
///
/// Owner: whoever opened it. It begins to cost something when the peer's first datagram comes.
/// [DtlsServer] opens the real ones; in a simulation a stand-in exchanges the keys.
public interface DtlsEndpoint {
    /// Longest datagram taken, in bytes.
    int MAX_DATAGRAM_BYTES = 1_500;

    /// A datagram that looks like DTLS (RFC 7983 section 7: its first byte is 20 to 63), from an
    /// address that ICE has proved.
    ///
    /// @param datagram borrowed until the call returns, and read from its position to its limit
    /// @return false if it was dropped: too long, not well-formed, or more than can be queued
    boolean receive(ByteBuffer datagram, long nowNanos);

    /// Time in; at or after [#nextDeadlineNanos()].
    void advance(long nowNanos);

    /// When it next wants time; `Long.MAX_VALUE` if never.
    long nextDeadlineNanos();

    /// Says goodbye to the peer and ends. A farewell may be transmitted later; nothing else comes
    /// to the sink any more.
    void close();

    /// What comes out, on the owner's thread. A sink must not call the endpoint that calls it.
    interface Sink {
        /// Sends a datagram to the peer.
        ///
        /// @param datagram borrowed until the call returns
        void transmit(ByteBuffer datagram);

        /// There are keys, and the peer is who signalling said it is. At most once.
        ///
        /// @param keyingMaterial what was exported under [SrtpProfile#EXPORTER_LABEL]; borrowed
        ///     until the call returns, and overwritten then
        void onConnected(SrtpProfile profile, byte[] keyingMaterial);

        /// There are no keys, and there will be none. At most once, and never after
        /// [#onConnected].
        void onFailed(DtlsFailure reason);

        /// The peer said goodbye. At most once, and only after [#onConnected].
        void onClosed();
    }

    /// Opens endpoints for one owner.
    @FunctionalInterface
    interface Opener {
        /// An endpoint that waits for the peer's first datagram.
        ///
        /// @param remote of the certificate that the peer must show
        DtlsEndpoint open(Fingerprint remote, Sink sink);
    }
}
