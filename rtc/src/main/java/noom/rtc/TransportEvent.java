// SPDX-License-Identifier: Apache-2.0
package noom.rtc;

import java.net.InetSocketAddress;
import noom.rtc.dtls.DtlsFailure;
import noom.rtc.ice.IceState;
import noom.rtc.srtp.SrtpProfile;

/// What a [PeerTransport] has to say, beside media.
public sealed interface TransportEvent {
    /// ICE stands elsewhere.
    record IceStateChanged(IceState state) implements TransportEvent {}

    /// An address has proved itself: what comes from there belongs to this transport.
    record PathFound(InetSocketAddress remote) implements TransportEvent {}

    /// An address is forgotten.
    record PathLost(InetSocketAddress remote) implements TransportEvent {}

    /// Everything goes to this address from now on.
    record PathSelected(InetSocketAddress remote) implements TransportEvent {}

    /// The peer is who signalling said it is, and there are keys.
    record DtlsConnected(SrtpProfile profile) implements TransportEvent {}

    /// There will be no keys.
    record DtlsFailed(DtlsFailure reason) implements TransportEvent {}

    /// The peer said goodbye; its keys are gone.
    record DtlsClosed() implements TransportEvent {}
}
